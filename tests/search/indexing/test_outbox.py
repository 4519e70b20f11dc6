"""The outbox table."""

import pytest

from search.indexing import outbox
from search.models import OutboxEntry

pytestmark = pytest.mark.django_db


class TestEnqueue:
    def test_each_article_gets_one_row_a_call(self) -> None:
        assert outbox.enqueue([3, 1, 3])
        assert outbox.enqueue([1])
        assert [row.article_id for row in outbox.first_rows(9)] == [3, 1, 1]

    def test_no_articles_add_no_row(self) -> None:
        assert outbox.is_empty()
        assert not outbox.enqueue([])
        assert outbox.is_empty()


class TestRows:
    def test_first_rows_are_the_oldest(self) -> None:
        outbox.enqueue(range(10))
        assert [row.article_id for row in outbox.first_rows(3)] == [0, 1, 2]
        assert outbox.count_rows() == 10

    def test_waiting_articles_are_found_across_batches(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(outbox, "QUERY_BATCH", 2)
        outbox.enqueue([2, 4, 6, 8])
        assert outbox.find_waiting(range(1, 7)) == {2, 4, 6}


class TestAcknowledge:
    def test_other_rows_stay(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(outbox, "QUERY_BATCH", 2)
        outbox.enqueue(range(5))
        first, *others = outbox.list_row_ids()
        # Committed later by a transaction that began earlier.
        OutboxEntry.objects.create(pk=first - 1, article_id=9)
        outbox.acknowledge(others)
        assert outbox.list_row_ids() == [first - 1, first]
