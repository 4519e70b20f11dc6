"""The sample's golden queries on the real engine, with their expected articles.

The floor of the mean reciprocal rank is the value measured when it was set, so that a
change that ranks worse fails.
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
from tests import shared_rows
from tests.search.conftest import index_under
from tests.search.searching import search

FIRST = 10
MRR_FLOOR = 0.98

_SAMPLE = Path(settings.BASE_DIR) / "sample"
GOLDEN: list[dict[str, Any]] = [
    json.loads(line)
    for line in (_SAMPLE / "golden_queries.jsonl").read_text("utf-8").splitlines()
]

# pytest-django creates no database without it where these tests run alone.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ranked(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[str]]:
    """Golden query → the sample's articles on the first page, in order."""
    with django_db_blocker.unblock():
        # Rows of other tests would be ranked among those of the sample.
        shared_rows.end()
    with (
        django_db_blocker.unblock(),
        index_under(tmp_path_factory.mktemp("golden")),
        transaction.atomic(),
    ):
        call_command("load_sample", verbosity=0)
        rebuild()
        names = {
            row["query"]: [
                hit.article.external_id for hit in search(row["query"]).rows[:FIRST]
            ]
            for row in GOLDEN
        }
        transaction.set_rollback(True)
    return names


class TestGoldenQueries:
    @pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["query"])
    def test_expected_articles_are_on_the_first_page(
        self, ranked: dict[str, list[str]], row: dict[str, Any]
    ) -> None:
        missing = set(row["expected"]) - set(ranked[row["query"]])
        assert not missing, row["why"]

    def test_mean_reciprocal_rank_keeps_its_floor(
        self, ranked: dict[str, list[str]]
    ) -> None:
        reciprocal_ranks = []
        for row in GOLDEN:
            relevant = [
                rank
                for rank, name in enumerate(ranked[row["query"]], 1)
                if name in row["expected"]
            ]
            reciprocal_ranks.append(1 / relevant[0] if relevant else 0.0)
        assert sum(reciprocal_ranks) / len(reciprocal_ranks) >= MRR_FLOOR

    def test_draft_and_withdrawn_articles_are_not_found(
        self, ranked: dict[str, list[str]]
    ) -> None:
        found = {name for names in ranked.values() for name in names}
        assert not found & {"sample-099", "sample-100"}
