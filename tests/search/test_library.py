"""The library that other tests stand on is what it says it is."""

from archive.models import Article
from search.indexing.connections import site_engine
from search.models import OutboxEntry
from tests.search.library import BULLETINS, ENTRIES, Library


class TestLibrary:
    def test_each_entry_has_a_name_of_its_own_and_a_reason(self) -> None:
        assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
        assert all(entry.why for entry in ENTRIES)

    def test_the_index_holds_what_is_published(self, library: Library) -> None:
        assert site_engine().status().documents == len(ENTRIES) - 2
        assert Article.objects.published().count() == len(ENTRIES) - 2
        assert not OutboxEntry.objects.exists()

    def test_each_test_may_change_its_own_copy(self, library: Library) -> None:
        site_engine().clear()  # type: ignore[attr-defined]
        assert site_engine().status().documents == 0

    def test_the_next_test_finds_it_whole(self, library: Library) -> None:
        assert site_engine().status().documents == len(ENTRIES) - 2

    def test_it_fills_three_pages(self, library: Library) -> None:
        assert BULLETINS == 45
