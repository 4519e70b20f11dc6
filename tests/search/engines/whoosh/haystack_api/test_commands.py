"""Haystack's commands and the writing of documents, on a real index."""

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
    """Three books whose groups are in the database; nothing is indexed yet."""
    # The roles of the archive are groups too.
    Group.objects.all().delete()
    made = [Group.objects.create(name=name) for name in "abc"]
    for group in made:
        shelf.index.books[group.pk] = Book(text=f"كتاب {group.name}")
    return made


def update(**options: object) -> None:
    call_command("update_index", "auth", using=[ALIAS], verbosity=0, **options)


class TestUpdateIndex:
    def test_it_indexes_what_is_in_the_database(
        self, shelf: Shelf, groups: list[Group]
    ) -> None:
        update(batchsize=2)
        assert set(pks(shelf.all())) == {group.pk for group in groups}
        shelf.index.books[groups[0].pk] = Book(text="جديد")
        update()
        assert shelf.find(text="جديد") == [groups[0].pk]
        assert shelf.all().count() == len(groups)

    def test_it_removes_what_is_gone(self, shelf: Shelf, groups: list[Group]) -> None:
        update()
        gone = groups[1].pk
        groups[1].delete()
        update()
        assert gone in pks(shelf.all())
        update(remove=True)
        assert set(pks(shelf.all())) == {groups[0].pk, groups[2].pk}


class TestClearIndex:
    def test_it_leaves_nothing(self, shelf: Shelf) -> None:
        shelf.put([Book(), Book()])
        call_command("clear_index", interactive=False, using=[ALIAS], verbosity=0)
        assert shelf.all().count() == 0
        assert shelf.backend.index.doc_count() == 0


class TestHaystackInfo:
    def test_it_names_the_index_and_its_fields(
        self, shelf: Shelf, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("haystack_info")
        shown = capsys.readouterr().out
        assert "Number of handled 1 index(es)." in shown
        assert "BookIndex" in shown or "ArticleIndex" in shown


class SomeBooks(BookIndex):
    """Skips books without text."""

    def prepare(self, obj: Group) -> dict[str, object]:
        prepared = super().prepare(obj)
        if not prepared["text"]:
            raise SkipDocument
        return dict(prepared)


class BooksWithPublisher(BookIndex):
    """Declares a field more than the index was built with."""

    publisher = indexes.MultiValueField(null=True)

    def prepare_publisher(self, obj: Group) -> list[str]:
        return ["دار"]


class TestDocuments:
    def test_an_index_may_skip_documents(self, shelf: Shelf) -> None:
        shelf.index.books.update({1: Book(text="x"), 2: Book(), 3: Book(text="y")})
        skipping = SomeBooks()
        skipping.books = shelf.index.books
        shelf.backend.update(skipping, [Group(pk=pk) for pk in (1, 2, 3)])
        assert set(pks(shelf.all())) == {1, 3}

    def test_an_update_takes_the_place_of_the_document(self, shelf: Shelf) -> None:
        shelf.put([Book(text="قديم"), Book(text="آخر")])
        shelf.put([Book(text="جديد")])
        assert shelf.find(text="قديم") == []
        assert shelf.find(text="جديد") == [1]
        assert shelf.all().count() == 2

    def test_a_field_declared_later_is_taken_in(self, shelf: Shelf) -> None:
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

    def test_clearing_models_leaves_the_others(self, shelf: Shelf) -> None:
        shelf.put([Book(), Book()])
        shelf.backend.clear(models=[User])
        assert shelf.all().count() == 2
        shelf.backend.clear(models=[Group])
        assert shelf.all().count() == 0

    def test_whoosh_itself_can_read_the_index(self, shelf: Shelf) -> None:
        shelf.put([Book(text="بغداد"), Book(text="دمشق")])
        parser = QueryParser("text", shelf.backend.schema)
        with shelf.backend.index.refresh().searcher() as searcher:
            found = searcher.search(parser.parse("بَغْداد"))
            assert [hit["django_id"] for hit in found] == ["1"]


class TestConnection:
    def test_an_index_in_memory_needs_no_path(self, shelf: Shelf) -> None:
        backend = WhooshBackend(ALIAS, STORAGE="ram", SILENTLY_FAIL=False)
        shelf.index.books[1] = Book(text="بغداد")
        backend.update(shelf.index, [Group(pk=1)])
        assert backend.search("بغداد")["hits"] == 1
        assert shelf.all().count() == 0
        assert Path(backend.store.generations.path).exists()

    def test_without_a_path_it_is_refused(self) -> None:
        with pytest.raises(ImproperlyConfigured, match="needs a PATH"):
            WhooshBackend(ALIAS)
