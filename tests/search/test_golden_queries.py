"""The sample's golden queries on the real engine: what is expected is among the first.

The floors are what was measured when they were set; a change that ranks worse fails.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from search.indexing.rebuild import rebuild
from tests.search.conftest import index_under
from tests.search.searching import search

FIRST = 10
MRR_FLOOR = 0.98

_SAMPLE = Path(settings.BASE_DIR) / "sample"
GOLDEN: list[dict[str, Any]] = [
    json.loads(line)
    for line in (_SAMPLE / "golden_queries.jsonl").read_text("utf-8").splitlines()
]

# Without it pytest-django makes no database where these tests run alone.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ranked(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[str]]:
    """For each golden query the sample's articles on the first page, in order."""
    with (
        django_db_blocker.unblock(),
        index_under(tmp_path_factory.mktemp("golden")),
        transaction.atomic(),
    ):
        call_command("load_sample", verbosity=0)
        rebuild()
        found = {
            row["query"]: [
                hit.article.external_id for hit in search(row["query"]).rows[:FIRST]
            ]
            for row in GOLDEN
        }
        transaction.set_rollback(True)
    return found


class TestGoldenQueries:
    @pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["query"])
    def test_what_is_expected_is_among_the_first(
        self, ranked: dict[str, list[str]], row: dict[str, Any]
    ) -> None:
        missing = set(row["expected"]) - set(ranked[row["query"]])
        assert not missing, row["why"]

    def test_the_mean_reciprocal_rank_keeps_its_floor(
        self, ranked: dict[str, list[str]]
    ) -> None:
        ranks = []
        for row in GOLDEN:
            places = [
                place
                for place, found in enumerate(ranked[row["query"]], 1)
                if found in row["expected"]
            ]
            ranks.append(1 / places[0] if places else 0.0)
        assert sum(ranks) / len(ranks) >= MRR_FLOOR

    def test_neither_the_draft_nor_the_withdrawn_article_is_found(
        self, ranked: dict[str, list[str]]
    ) -> None:
        found = {name for names in ranked.values() for name in names}
        assert not found & {"sample-099", "sample-100"}
