"""Haystack's commands, updates of documents, and options of a connection."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from haystack import connections, indexes
from haystack.exceptions import SkipDocument
from haystack.utils.loading import UnifiedIndex
from whoosh.qparser import QueryParser

from search.engines.whoosh.backend import WhooshBackend
from tests.search.engines.whoosh.conftest import ALIAS, Book, BookIndex, Shelf, pks


@pytest.fixture
def groups(shelf: Shelf, db: None) -> list[Group]:
    """Three groups in the database, each with a book that is not indexed yet."""
    # The archive's roles are groups as well.
    Group.objects.all().delete()
    groups = [Group.objects.create(name=name) for name in "abc"]
    for group in groups:
        shelf.index.books[group.pk] = Book(text=f"كتاب {group.name}")
    return groups


def update(**options: object) -> None:
    call_command("update_index", "auth", using=[ALIAS], verbosity=0, **options)


class TestUpdateIndex:
    def test_rows_of_the_database_are_indexed(
        self, shelf: Shelf, groups: list[Group]
    ) -> None:
        update(batchsize=2)
        assert set(pks(shelf.all())) == {group.pk for group in groups}
        shelf.index.books[groups[0].pk] = Book(text="جديد")
        update()
        assert shelf.find(text="جديد") == [groups[0].pk]
        assert shelf.all().count() == len(groups)

    def test_deleted_rows_are_removed_on_request(
        self, shelf: Shelf, groups: list[Group]
    ) -> None:
        update()
        deleted = groups[1].pk
        groups[1].delete()
        update()
        assert deleted in pks(shelf.all())
        update(remove=True)
        assert set(pks(shelf.all())) == {groups[0].pk, groups[2].pk}


class TestClearIndex:
    def test_all_documents_are_deleted(self, shelf: Shelf) -> None:
        shelf.put([Book(), Book()])
        call_command("clear_index", interactive=False, using=[ALIAS], verbosity=0)
        assert shelf.all().count() == 0


class TestHaystackInfo:
    def test_index_is_named(
        self, shelf: Shelf, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("haystack_info")
        output = capsys.readouterr().out
        assert "Number of handled 1 index(es)." in output
        assert "BookIndex" in output or "ArticleIndex" in output


class SomeBooks(BookIndex):
    """Skips books without text."""

    def prepare(self, obj: Group) -> dict[str, object]:
        prepared = super().prepare(obj)
        if not prepared["text"]:
            raise SkipDocument
        return dict(prepared)


class BooksWithPublisher(BookIndex):
    """Declares one more field than the index was built with."""

    publisher = indexes.MultiValueField(null=True)

    def prepare_publisher(self, obj: Group) -> list[str]:
        return ["دار"]


class TestDocuments:
    def test_skipped_document_is_not_indexed(self, shelf: Shelf) -> None:
        shelf.index.books.update({1: Book(text="x"), 2: Book(), 3: Book(text="y")})
        skipping = SomeBooks()
        skipping.books = shelf.index.books
        shelf.backend.update(skipping, [Group(pk=pk) for pk in (1, 2, 3)])
        assert set(pks(shelf.all())) == {1, 3}

    def test_updated_document_replaces_the_earlier_one(self, shelf: Shelf) -> None:
        shelf.put([Book(text="قديم"), Book(text="آخر")])
        shelf.put([Book(text="جديد")])
        assert shelf.find(text="قديم") == []
        assert shelf.find(text="جديد") == [1]
        assert shelf.all().count() == 2

    def test_field_declared_later_is_added_by_an_update(self, shelf: Shelf) -> None:
        shelf.put([Book(text="قبل")])
        later = BooksWithPublisher()
        later.books = {1: Book(text="قبل"), 2: Book(text="بعد")}
        unified = UnifiedIndex()
        unified.build(indexes=[later])
        connections[ALIAS]._index = unified
        assert shelf.find(publisher="دار") == []
        shelf.backend.update(later, [Group(pk=2)])
        assert shelf.find(publisher="دار") == [2]
        assert shelf.all().count() == 2
        assert not shelf.backend.status().current

    def test_clearing_a_model_leaves_others(self, shelf: Shelf) -> None:
        shelf.put([Book(), Book()])
        shelf.backend.clear(models=[User])
        assert shelf.all().count() == 2
        shelf.backend.clear(models=[Group])
        assert shelf.all().count() == 0

    @pytest.mark.embedded("asks Whoosh's own searcher")
    def test_whoosh_searcher_reads_the_index(self, shelf: Shelf) -> None:
        shelf.put([Book(text="بغداد"), Book(text="دمشق")])
        parser = QueryParser("text", shelf.backend.schema)
        with shelf.backend.index.refresh().searcher() as searcher:
            found = searcher.search(parser.parse("بَغْداد"))
            assert [hit["django_id"] for hit in found] == ["1"]


class TestConnection:
    @pytest.mark.embedded("opens a folder of its own")
    def test_ram_storage_needs_no_path(self, shelf: Shelf) -> None:
        backend = WhooshBackend(ALIAS, STORAGE="ram", SILENTLY_FAIL=False)
        shelf.index.books[1] = Book(text="بغداد")
        backend.update(shelf.index, [Group(pk=1)])
        assert backend.search("بغداد")["hits"] == 1
        assert shelf.all().count() == 0
        assert Path(backend.store.generations.path).exists()

    def test_missing_path_raises(self) -> None:
        with pytest.raises(ImproperlyConfigured, match="needs a PATH"):
            WhooshBackend(ALIAS)
