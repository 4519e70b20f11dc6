"""Haystack's own Whoosh back end, used as its manual says, under settings of its own.

Import it only in a process that has set up no other Django settings. Where a question
is narrowed, its counts are of the narrowed hits: Haystack would need a search a facet
for more. Public: `WhooshStock`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import reduce
from importlib import import_module
from itertools import islice
from operator import or_
from pathlib import Path
from typing import Any, Final

import django
from django.conf import settings

from benchmarks.data.collection import PARTS, Article
from benchmarks.data.questions import Question
from benchmarks.peer import BATCH, TOP, Answer, Counts

_LOADED_LATE: Final = ("haystack.query", "benchmarks.engines.stock.search_indexes")
_FACETS: Final = ("source", "subject", "month")


class WhooshStock:
    """An index in a folder, written a batch at a time as update_index does."""

    def __init__(self, folder: Path) -> None:
        if not settings.configured:
            _configure(folder / "whoosh")
        # What Python loads is no engine's time, and these come late.
        for module in _LOADED_LATE:
            import_module(module)

    def build(self, articles: Iterable[Article]) -> None:
        """Hand the articles to the back end, a batch at a time."""
        from haystack import connections

        from benchmarks.engines.stock.models import StockArticle

        backend = connections["default"].get_backend()
        index = connections["default"].get_unified_index().get_index(StockArticle)
        following = iter(articles)
        while batch := list(islice(following, BATCH)):
            backend.update(index, [_build_row(article) for article in batch])

    def open(self) -> None:
        """Let the back end open its index."""
        from haystack import connections

        connections["default"].get_backend().setup()

    def ask(self, question: Question) -> Answer:
        """One SearchQuerySet, its page, its count and its facets."""
        from haystack.query import SearchQuerySet

        found = _FILTER[question.joined](SearchQuerySet(), question.words)
        for name in _FACETS:
            found = found.facet(name)
        if question.source:
            found = found.narrow(f'source:"{question.source}"')
        if question.first:
            found = found.narrow(f"published:[{question.first} TO {question.last}]")
        best = tuple(int(row.pk) for row in found[:TOP])
        return Answer(found.count(), best, _read_counts(found.facet_counts()))


def _configure(path: Path) -> None:
    settings.configure(
        SECRET_KEY="only-for-measuring",  # noqa: S106
        INSTALLED_APPS=["haystack", "benchmarks.engines.stock"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=False,
        HAYSTACK_CONNECTIONS={
            "default": {
                "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
                "PATH": str(path),
                "SILENTLY_FAIL": False,
            }
        },
    )
    django.setup()


def _build_row(article: Article) -> Any:
    from benchmarks.engines.stock.models import StockArticle

    day = datetime.fromisoformat(str(article.day)) if article.day else None
    return StockArticle(
        pk=article.number,
        text=f"{article.title}\n{PARTS}\n{article.body}",
        source=article.source,
        # Haystack joins several values by commas and takes them apart there.
        subjects=[name.replace(",", " ") for name in article.subjects],
        published=day,
    )


def _read_counts(found: Mapping[str, Any]) -> dict[str, Counts]:
    fields = found.get("fields", {})
    return {name: _counted(fields.get(name, ())) for name in _FACETS}


def _counted(pairs: Iterable[tuple[Any, int]]) -> Counts:
    return {str(name): count for name, count in pairs if name and count}


def _any(found: Any, words: tuple[str, ...]) -> Any:
    from haystack.query import SQ

    return found.filter(reduce(or_, (SQ(content=word) for word in words)))


_FILTER: Final[Mapping[str, Callable[[Any, tuple[str, ...]], Any]]] = {
    "and": lambda found, words: found.filter(content=" ".join(words)),
    "or": _any,
    "phrase": lambda found, words: found.filter(content__exact=" ".join(words)),
    "prefix": lambda found, words: found.filter(content__startswith=words[0]),
}
