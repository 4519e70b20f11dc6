"""A shelf of books: a SearchIndex with every kind of field, on its own connection."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from haystack import connections, indexes
from haystack.query import SearchQuerySet
from haystack.utils.loading import UnifiedIndex
from whoosh.analysis import StemmingAnalyzer

from search.engines.querysets.backend import QuerySetBackend
from tests.search import engine_choice

ALIAS = "shelf"


@dataclass(frozen=True)
class Book:
    """The values of one document, all of them optional."""

    text: str = ""
    title: str = ""
    author: str | None = None
    tags: list[str] = field(default_factory=list)
    rating: int | None = None
    weight: float | None = None
    price: Decimal | None = None
    published: datetime | None = None
    bought: date | None = None
    lent: bool | None = None
    pages: int | None = None
    english: str = ""


class BookIndex(indexes.SearchIndex, indexes.Indexable):
    """Indexes groups of users as books, as any model with a primary key would do."""

    text = indexes.CharField(document=True)
    title = indexes.CharField(boost=3.0)
    author = indexes.CharField(null=True, faceted=True)
    tags = indexes.MultiValueField(null=True)
    rating = indexes.IntegerField(null=True)
    weight = indexes.FloatField(null=True)
    price = indexes.DecimalField(null=True)
    published = indexes.DateTimeField(null=True)
    bought = indexes.DateField(null=True)
    lent = indexes.BooleanField(null=True)
    pages = indexes.IntegerField(null=True, indexed=False)
    english = indexes.CharField(analyzer=StemmingAnalyzer())
    beginning = indexes.EdgeNgramField()
    part = indexes.NgramField()

    books: dict[int, Book] = {}

    def get_model(self) -> type[Group]:
        return Group

    def prepare(self, obj: Group) -> dict[str, Any]:
        prepared = super().prepare(obj)
        book = self.books[obj.pk]
        prepared.update(vars(book), beginning=book.title, part=book.title)
        return prepared


@dataclass(frozen=True)
class Shelf:
    """The connection and its search index."""

    index: BookIndex

    @property
    def backend(self) -> QuerySetBackend:
        backend: QuerySetBackend = connections[ALIAS].get_backend()
        return backend

    def put(self, books: Iterable[Book], *, first: int = 1) -> None:
        """Index *books*, numbered from *first*, in one commit."""
        numbered = dict(enumerate(books, start=first))
        self.index.books.update(numbered)
        groups = [Group(pk=pk, name=str(pk)) for pk in numbered]
        self.backend.update(self.index, groups)

    def all(self) -> SearchQuerySet:
        return SearchQuerySet(using=ALIAS)

    def find(self, *args: Any, **conditions: Any) -> list[int]:
        """The numbers of the books that a filter finds, in order."""
        return pks(self.all().filter(*args, **conditions))


def pks(found: Iterable[Any]) -> list[int]:
    """The numbers of the books in *found*."""
    return [int(result.pk) for result in found]


@pytest.fixture
def shelf(engine_name: str, tmp_path: Path) -> Iterator[Shelf]:
    """An empty shelf that raises errors."""
    before = connections.connections_info
    options = {**engine_choice.options_under(tmp_path / "shelf"), "IDENTITY": ""}
    options |= {"SILENTLY_FAIL": False, "INCLUDE_SPELLING": True}
    connections.connections_info = {**before, ALIAS: options}
    engine = connections.reload(ALIAS)
    engine.options = connections.connections_info[ALIAS]
    index = BookIndex()
    index.books = {}
    engine._index = UnifiedIndex()
    engine._index.build(indexes=[index])
    engine.get_backend().setup()
    yield Shelf(index)
    engine_choice.remove(options)
    connections.connections_info = before
    del connections.thread_local.connections[ALIAS]
