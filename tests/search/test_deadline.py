"""A search that takes too long ends, whatever part of it takes so long."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from search import deadline
from search.deadline import Deadline, check_deadline, time_limit
from search.engines.contract import EngineRequest
from search.errors import QueryTooExpensive
from search.query.parse import parse
from tests.search.text_index import TextIndex

_QUERIES = (
    "كتاب",
    '"كتاب مكتبة"',
    '"كتاب مكتبة"~5',
    "كتاب OR مكتبة OR قلم",
    "ك*ب -قلم",
    "كتاب مكتبة",
)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TextIndex:
    made = TextIndex(tmp_path, ["كتاب مكتبة قلم", "كتاب مكتبة", "كتاب"])
    # What one search leaves to the next would shorten it.
    monkeypatch.setattr(made.engine.store, "_cache_mb", 0)
    return made


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """A clock that goes on by a second at each look; how often it was looked at."""
    clock = count()
    # So much wall-clock time has passed that the processor's has to be asked for.
    passed = count(step=10**9)
    monkeypatch.setattr(deadline, "monotonic", lambda: next(passed))
    monkeypatch.setattr(deadline, "thread_time", lambda: next(clock))
    return lambda: next(clock)


class TestDeadline:
    @pytest.mark.parametrize("query", _QUERIES)
    def test_search_ends_at_any_step_past_the_deadline(
        self, index: TextIndex, looks: Callable[[], int], query: str
    ) -> None:
        request = EngineRequest(parse(query))
        before = looks()
        index.engine.timeout = 10_000
        found = index.engine.run(request)
        steps = looks() - before - 2
        assert steps > 1
        for seconds in range(steps):
            index.engine.timeout = seconds - 1
            with pytest.raises(QueryTooExpensive, match="وقتًا"):
                index.engine.run(request)
            with pytest.raises(QueryTooExpensive, match="وقتًا"):
                list(index.engine.iter_ids(request))
        index.engine.timeout = steps
        assert index.engine.run(request) == found

    def test_deadline_without_seconds_never_ends(self) -> None:
        Deadline(None).check()

    def test_outer_deadline_holds_inside(self, looks: Callable[[], int]) -> None:
        with time_limit(1) as outer, time_limit(1_000) as inner:
            assert inner is outer
            looks()
            with pytest.raises(QueryTooExpensive):
                check_deadline()
        check_deadline()
