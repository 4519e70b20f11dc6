"""Batches of articles for reading: bounded by the length of their texts."""

from collections.abc import Sequence

import pytest

from archive.models import Article, Source, article, iter_id_batches
from search.export import entries

pytestmark = pytest.mark.django_db


def _add(*lengths: int) -> list[int]:
    source = Source.objects.create(name_ar="كتب")
    return [
        Article.objects.create(title="نص", body="ن" * length, source=source).pk
        for length in lengths
    ]


def _numbers(ids: Sequence[int], batches: Sequence[Sequence[int]]) -> list[list[int]]:
    return [[ids.index(pk) for pk in batch] for batch in batches]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article, "BATCH_CHARACTERS", 10)
    monkeypatch.setattr(entries, "BATCH_CHARACTERS", 10)


class TestIterIdBatches:
    @pytest.mark.parametrize(
        ("lengths", "batches"),
        [
            ((1, 1, 1, 1), [[0, 1, 2], [3]]),
            ((6, 6, 4), [[0], [1, 2]]),
            ((30, 0, 30, 1), [[0], [1], [2], [3]]),
            ((), []),
        ],
    )
    def test_batches_are_bounded_by_number_and_characters(
        self, lengths: tuple[int, ...], batches: list[list[int]]
    ) -> None:
        ids = _add(*lengths)
        assert _numbers(ids, list(iter_id_batches(ids, most=3))) == batches

    def test_order_and_unknown_ids_stay(self) -> None:
        ids = _add(6, 6)
        asked = [ids[1], 10**9, ids[0]]
        batches = list(iter_id_batches(asked, most=3))
        assert [pk for batch in batches for pk in batch] == asked


class TestEntries:
    def test_few_long_texts_are_prefetched_at_a_time(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sizes: list[int] = []
        prefetch = entries.prefetch_related_objects

        def note(batch: list[Article], *lookups: str) -> None:
            sizes.append(len(batch))
            prefetch(batch, *lookups)

        monkeypatch.setattr(entries, "prefetch_related_objects", note)
        _add(11, 1, 1, 11, 1)
        articles = list(Article.objects.order_by("pk"))
        assert [each.article for each in entries.iter_entries(articles)] == articles
        assert sizes == [1, 3, 1]
