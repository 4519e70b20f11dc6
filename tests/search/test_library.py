"""The library of search tests has the properties that the tests rely on."""

from archive.models import Article
from search.indexing.connections import site_engine
from search.models import OutboxEntry
from search.request import PAGE_SIZE
from tests.search.library import BULLETINS, ENTRIES, Library


class TestLibrary:
    def test_entries_have_distinct_names_and_a_reason(self) -> None:
        assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
        assert all(entry.why for entry in ENTRIES)

    def test_index_has_the_published_articles(self, library: Library) -> None:
        assert site_engine().status().documents == len(ENTRIES) - 2
        assert Article.objects.published().count() == len(ENTRIES) - 2
        assert not OutboxEntry.objects.exists()

    def test_test_may_change_its_copy(self, library: Library) -> None:
        site_engine().clear()  # type: ignore[attr-defined]
        assert site_engine().status().documents == 0

    def test_next_test_has_an_unchanged_copy(self, library: Library) -> None:
        assert site_engine().status().documents == len(ENTRIES) - 2

    def test_bulletins_fill_three_pages(self) -> None:
        assert divmod(BULLETINS, PAGE_SIZE) == (2, 5)
