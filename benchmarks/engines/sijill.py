"""Sijill's own engine, through the contract that the pages use.

Public: `Ours`, `OursByFamily`.
"""

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
from search.request import Period


class Ours:
    """The full ranking: exact forms, titles, roots and neighbors count."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine = open_scratch_engine(folder)

    def build(self, articles: Iterable[Article]) -> None:
        """Build a generation and put it in use."""
        self._engine.build(_batches(articles))

    def open(self) -> None:
        """A new engine, which has opened nothing yet."""
        self._engine = open_scratch_engine(self._folder)

    def ask(self, question: Question) -> Answer:
        """What the results page asks for."""
        answer = self._engine.run(
            EngineRequest(
                query=self.build_query(question),
                filters=((SOURCE, (question.source,)),) if question.source else (),
                period=_period(question),
                limit=TOP,
                facets=(SOURCE, SUBJECT),
                count_dates=True,
            )
        )
        return Answer(
            total=answer.total,
            best=tuple(hit.article_id for hit in answer.hits),
            counts={
                "source": _counted(answer.facets[SOURCE].values),
                "subject": _counted(answer.facets[SUBJECT].values),
                "month": _counted(answer.dates.months.items() if answer.dates else ()),
            },
        )

    @staticmethod
    def build_query(question: Question) -> Query:
        """The tree of *question* as the query syntax makes it."""
        return _BUILD[question.joined](question.words, Term)


class OursByFamily(Ours):
    """The word family alone: a phrase of one word earns nothing beside it."""

    @staticmethod
    def build_query(question: Question) -> Query:
        """The same with each word a phrase of its own."""
        return _BUILD[question.joined](question.words, lambda word: Phrase((word,)))


def _joined(kind: type[And] | type[Or]) -> Callable[..., Query]:
    def build(words: tuple[str, ...], leaf: Callable[[str], Query]) -> Query:
        leaves = tuple(map(leaf, words))
        return leaves[0] if len(leaves) == 1 else kind(leaves)

    return build


_BUILD: Final[Mapping[str, Callable[..., Query]]] = {
    "and": _joined(And),
    "or": _joined(Or),
    "phrase": lambda words, leaf: Phrase(words),
    "prefix": lambda words, leaf: Prefix(words[0]),
}


def _period(question: Question) -> Period:
    if not question.first:
        return Period()
    return Period(
        *(date.fromisoformat(str(d)) for d in (question.first, question.last))
    )


def _counted(pairs: Iterable[tuple[Any, int]]) -> Counts:
    return {str(value): count for value, count in pairs if count}


def _batches(articles: Iterable[Article]) -> Iterator[list[dict[str, Any]]]:
    following = iter(articles)
    while batch := list(islice(following, BATCH)):
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
