"""Haystack's own tests, from its source distribution, on our engine."""

import os
import re
from collections import Counter
from collections.abc import Mapping

import pytest

from tests.haystack_suite.distribution import OWN_ENGINE, Unreachable, run_suite
from tests.haystack_suite.expected import EXPECTED_FAILURES
from tests.sources import BASE_DIR

pytestmark = pytest.mark.slow

# "| `module.Class.test_name` | reason |"
_ROW_RE = re.compile(r"^\| `(test_haystack\.[\w.]+)` \| (.+) \|$", re.MULTILINE)
# "| our engine | 88 | 7 | 3 | 1 |"
_TOTALS_RE = re.compile(r"\| our engine \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|")


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Each test's outcome; skips where the package index cannot be reached."""
    try:
        return run_suite(tmp_path_factory.mktemp("haystack"), OWN_ENGINE)
    except Unreachable as error:
        reason = f"Haystack's tests cannot be fetched: {error}"
        if "haystack-suite" in os.environ.get("SIJILL_TEST_REQUIRE", ""):
            pytest.fail(reason)
        pytest.skip(reason)


class TestHaystacksOwnTests:
    def test_tests_pass_but_the_listed_ones(self, outcomes: Mapping[str, str]) -> None:
        failed = {name for name, outcome in outcomes.items() if outcome == "failed"}
        assert failed - set(EXPECTED_FAILURES) == set()

    def test_listed_tests_fail(self, outcomes: Mapping[str, str]) -> None:
        others = {name: outcomes.get(name) for name in EXPECTED_FAILURES}
        assert {name for name, one in others.items() if one != "failed"} == set()

    def test_document_has_the_totals(self, outcomes: Mapping[str, str]) -> None:
        counts = Counter(outcomes.values())
        text = (BASE_DIR / "docs/engines.md").read_text("utf-8")
        stated = _TOTALS_RE.search(text)
        assert stated
        assert [int(one) for one in stated.groups()] == [
            counts["passed"],
            counts["failed"],
            counts["failed as Haystack expects"],
            counts["skipped"],
        ]


class TestTheListOfThoseThatCannot:
    def test_document_gives_the_same_reasons(self) -> None:
        text = (BASE_DIR / "docs/engines.md").read_text("utf-8")
        assert dict(_ROW_RE.findall(text)) == EXPECTED_FAILURES
