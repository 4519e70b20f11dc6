"""Sijill's own engine, through the contract that the site's pages use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks.data.collection import Article
from benchmarks.data.questions import Question
from benchmarks.peer import BATCH, TOP, Answer, Counts
from benchmarks.scratch_index import (
    SOURCE,
    SUBJECT,
    build_document,
    open_scratch_engine,
)
from search.engines.contract import EngineRequest
from search.query import And, Or, Phrase, Prefix, Query, Term
from search.request import FacetFilter, Period


class Sijill:
    """The full ranking: exact forms, titles, roots and adjacent words score."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine = open_scratch_engine(folder)

    def build(self, articles: Iterable[Article]) -> None:
        """Build a generation and publish it."""
        self._engine.build(make_batches(articles))

    def open(self) -> None:
        """Create a new engine, with nothing opened or cached."""
        self._engine = open_scratch_engine(self._folder)

    def ask(self, question: Question) -> Answer:
        """The answer to the request of a results page."""
        answer = self._engine.run(build_request(question, self.build_query(question)))
        return Answer(
            total=answer.total,
            best=tuple(hit.article_id for hit in answer.hits),
            counts={
                "source": _to_counts(answer.facets[SOURCE].values),
                "subject": _to_counts(answer.facets[SUBJECT].values),
                "month": _to_counts(
                    answer.dates.months.items() if answer.dates else ()
                ),
            },
        )

    @staticmethod
    def build_query(question: Question) -> Query:
        """The query tree of *question*, as parsed from the query syntax."""
        return _BUILD[question.joined](question.words, Term)


class SijillFamily(Sijill):
    """The ranking by word family alone, which phrases of one word have."""

    @staticmethod
    def build_query(question: Question) -> Query:
        """The query tree with each word as a phrase of one word."""
        return _BUILD[question.joined](question.words, lambda word: Phrase((word,)))


def build_request(question: Question, query: Query | None = None) -> EngineRequest:
    """The request of a results page for *question*, or for another *query* of it."""
    return EngineRequest(
        query=query or Sijill.build_query(question),
        filters=_filters(question),
        period=_period(question),
        limit=TOP,
        facets=(SOURCE, SUBJECT),
        count_dates=True,
    )


def _joined(kind: type[And] | type[Or]) -> Callable[..., Query]:
    def build(words: tuple[str, ...], to_query: Callable[[str], Query]) -> Query:
        children = tuple(map(to_query, words))
        return children[0] if len(children) == 1 else kind(children)

    return build


_BUILD: Final[Mapping[str, Callable[..., Query]]] = {
    "and": _joined(And),
    "or": _joined(Or),
    "phrase": lambda words, to_query: Phrase(words),
    "prefix": lambda words, to_query: Prefix(words[0]),
}


def _filters(question: Question) -> tuple[FacetFilter, ...]:
    if not question.source:
        return ()
    return (FacetFilter(SOURCE, (question.source,), match_any=True),)


def _period(question: Question) -> Period:
    if not question.first:
        return Period()
    return Period(
        *(date.fromisoformat(str(day)) for day in (question.first, question.last))
    )


def _to_counts(pairs: Iterable[tuple[Any, int]]) -> Counts:
    return {str(value): count for value, count in pairs if count}


def make_batches(articles: Iterable[Article]) -> Iterator[list[dict[str, Any]]]:
    """The documents of *articles* in batches, as an engine builds an index of them."""
    remaining = iter(articles)
    while batch := list(islice(remaining, BATCH)):
        yield [
            build_document(
                article.number,
                title=article.title,
                body=article.body,
                source=article.source,
                subjects=article.subjects,
                day=article.day,
            )
            for article in batch
        ]
