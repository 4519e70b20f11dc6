"""Haystack's own Whoosh back end, used as its manual says, under its own settings.

Only for a process without other Django settings. With filters, the counts are of the
filtered hits: Haystack needs a search a facet to ignore a facet's own filter.
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
    """An index in a folder, written in batches as by update_index."""

    def __init__(self, folder: Path) -> None:
        if not settings.configured:
            _configure(folder / "whoosh")
        # Imported here, so that no timed call imports them.
        for module in _LOADED_LATE:
            import_module(module)

    def build(self, articles: Iterable[Article]) -> None:
        """Index the articles in batches."""
        from haystack import connections

        from benchmarks.engines.stock.models import StockArticle

        backend = connections["default"].get_backend()
        index = connections["default"].get_unified_index().get_index(StockArticle)
        remaining = iter(articles)
        while batch := list(islice(remaining, BATCH)):
            backend.update(index, [_build_row(article) for article in batch])

    def open(self) -> None:
        """Let the back end open its index."""
        from haystack import connections

        connections["default"].get_backend().setup()

    def ask(self, question: Question) -> Answer:
        """The page, the count and the facets of one SearchQuerySet."""
        from haystack.query import SearchQuerySet

        results = _FILTER[question.joined](SearchQuerySet(), question.words)
        for name in _FACETS:
            results = results.facet(name)
        if question.source:
            results = results.narrow(f'source:"{question.source}"')
        if question.first:
            results = results.narrow(f"published:[{question.first} TO {question.last}]")
        best = tuple(int(row.pk) for row in results[:TOP])
        return Answer(results.count(), best, _read_counts(results.facet_counts()))


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
        # Haystack joins several values by commas and splits them there.
        subjects=[name.replace(",", " ") for name in article.subjects],
        published=day,
    )


def _read_counts(facets: Mapping[str, Any]) -> dict[str, Counts]:
    fields = facets.get("fields", {})
    return {name: _to_counts(fields.get(name, ())) for name in _FACETS}


def _to_counts(pairs: Iterable[tuple[Any, int]]) -> Counts:
    return {str(name): count for name, count in pairs if name and count}


def _any(results: Any, words: tuple[str, ...]) -> Any:
    from haystack.query import SQ

    return results.filter(reduce(or_, (SQ(content=word) for word in words)))


_FILTER: Final[Mapping[str, Callable[[Any, tuple[str, ...]], Any]]] = {
    "and": lambda results, words: results.filter(content=" ".join(words)),
    "or": _any,
    "phrase": lambda results, words: results.filter(content__exact=" ".join(words)),
    "prefix": lambda results, words: results.filter(content__startswith=words[0]),
}
