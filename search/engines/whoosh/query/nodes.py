"""Queries that Whoosh lacks: families, roots, phrases of them, ranges of a column.

They are Whoosh queries, so that its own searcher runs them too, slowly but by
other code: the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import AndMaybe, MultiTerm, Query

from search.arabic.analyzer import cached_root, cached_stem
from search.arabic.prefixes import has_prefix


class TermSet(MultiTerm):  # type: ignore[misc]
    """Documents with any of the terms that *text* stands for: ``_btexts`` says which.

    Equal where all that was asked for is equal.
    """

    def __init__(self, fieldname: str, text: str, boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.text = text
        self.boost = boost

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.fieldname!r}, {self.text!r})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), self.fieldname, self.text, self.boost))


class Family(TermSet):
    """Documents with any surface form whose light stem is *text*."""

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for term in ixreader.lexicon(self.fieldname):
            if cached_stem(term.decode()) == self.text:
                yield term


class Root(TermSet):
    """Documents with any surface form whose family has the root *text*."""

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for term in ixreader.lexicon(self.fieldname):
            if cached_root(cached_stem(term.decode())) == self.text:
                yield term


class StemPrefix(TermSet):
    """Documents with any form that begins with *text*, behind a proclitic or not."""

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for term in ixreader.lexicon(self.fieldname):
            if has_prefix(term.decode(), self.text):
                yield term


def find_places(reader: Any, word: Query) -> dict[int, set[int]]:
    """Where a word stands in each document, by Whoosh's own reader."""
    if hasattr(word, "find_places"):
        return word.find_places(reader)  # type: ignore[no-any-return]
    places: dict[int, set[int]] = {}
    for field, text in word.existing_terms(reader, expand=True):
        matcher = reader.postings(field, text)
        while matcher.is_active():
            places.setdefault(matcher.id(), set()).update(matcher.value_as("positions"))
            matcher.next()
    return places


class Sequence(Query):  # type: ignore[misc]
    """Documents where *words*, each a query of terms in one field, stand as asked.

    Next to one another in this order; or, with a *distance*, all within a window
    of so many places more, in any order.
    """

    def __init__(
        self, words: tuple[Query, ...], distance: int | None = None, boost: float = 1.0
    ) -> None:
        self.words = words
        self.distance = distance
        self.boost = boost

    def __repr__(self) -> str:
        return f"Sequence({self.words!r}, {self.distance!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and (
            self.words,
            self.distance,
            self.boost,
        ) == (other.words, other.distance, other.boost)

    def __hash__(self) -> int:
        return hash((self.words, self.distance, self.boost))

    def field(self) -> str:
        return self.words[0].field()  # type: ignore[no-any-return]

    def estimate_size(self, ixreader: Any) -> int:
        return min(word.estimate_size(ixreader) for word in self.words)  # type: ignore[no-any-return]

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        places = [find_places(searcher.reader(), word) for word in self.words]
        docs = sorted(set.intersection(*(set(found) for found in places)))
        hits = [
            doc
            for doc in docs
            if self._stand_as_asked([found[doc] for found in places])
        ]
        return ListMatcher(hits, [1.0] * len(hits)) if hits else NullMatcher()

    def _stand_as_asked(self, places: list[set[int]]) -> bool:
        if self.distance is None:
            return any(
                all(start + at in found for at, found in enumerate(places))
                for start in places[0]
            )
        return any(
            max(chosen) - min(chosen) <= self.distance for chosen in product(*places)
        )


class OptionalBoost(AndMaybe):  # type: ignore[misc]
    """Documents that match *a*; *b*, which no other document matches, adds to scores.

    So nothing has to be left out of the scores of *b*.
    """


class TitleMatch(Query):  # type: ignore[misc]
    """Documents that match *title*, scored as if the word were as rare as *text*.

    Few titles have any given word, which would make of each a find.
    """

    def __init__(self, title: Query, text: Query, boost: float = 1.0) -> None:
        self.title = title
        self.text = text
        self.boost = boost

    def __repr__(self) -> str:
        return f"TitleMatch({self.title!r}, {self.text!r})"

    def estimate_size(self, ixreader: Any) -> int:
        return self.title.estimate_size(ixreader)  # type: ignore[no-any-return]

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        return self.title.matcher(searcher, context)


class ColumnRange(Query):  # type: ignore[misc]
    """Documents whose number in a column is from *first* to *last*, both included."""

    def __init__(self, fieldname: str, first: int, last: int) -> None:
        self.fieldname = fieldname
        self.first = first
        self.last = last
        self.boost = 1.0

    def __repr__(self) -> str:
        return f"ColumnRange({self.fieldname!r}, {self.first}, {self.last})"

    def estimate_size(self, ixreader: Any) -> int:
        return ixreader.doc_count()  # type: ignore[no-any-return]

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        reader = searcher.reader()
        column = reader.column_reader(self.fieldname, translate=False)
        docs = [
            at for at in reader.all_doc_ids() if self.first <= column[at] <= self.last
        ]
        return ListMatcher(docs, [1.0] * len(docs)) if docs else NullMatcher()

    def choose(self, numbers: Any) -> Any:
        """For each of the array *numbers*, whether it is in the range."""
        return np.logical_and(numbers >= self.first, numbers <= self.last)
