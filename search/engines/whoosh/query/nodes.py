"""Queries that Whoosh lacks: families, roots, phrases of them, ranges of a column.

They are Whoosh queries with matchers of their own, so that Whoosh's searcher runs them
too: tests compare its slow answers with those of ``execution``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, Self

import numpy as np
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import AndMaybe, MultiTerm, Query

from search.arabic.compounds import forms_of_part
from search.arabic.diacritics import without_diacritics
from search.arabic.families import (
    asked_lemmas,
    asked_roots,
    family,
    join_keys,
    split_itself,
    split_keys,
)
from search.arabic.lexicon.light_stem import forms_of_stem
from search.arabic.normalize import fold
from search.arabic.prefixes import has_prefix


class TermSet(MultiTerm):  # type: ignore[misc]
    """Base class of queries for any of the terms that *text* stands for.

    ``_btexts`` iterates the terms, as in Whoosh's `MultiTerm`. Instances compare by
    their attributes.
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
    """Documents with any surface form of one of the lemmas *text*, which are joined."""

    @classmethod
    def of(cls, field: str, word: str, boost: float = 1.0) -> Self:
        """The family of a word that is asked for."""
        return cls(field, join_keys(asked_lemmas(word)), boost)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the lemmas."""
        return split_keys(self.text)

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        lemmas, forms = map(frozenset, split_itself(self.keys))
        for term, telling_form in iter_printed(ixreader, self.fieldname):
            is_of = not lemmas.isdisjoint(family(telling_form).lemmas)
            if is_of or fold(telling_form) in forms:
                yield term


class Root(TermSet):
    """Documents with any surface form of one of the roots *text*, which are joined."""

    @classmethod
    def of(cls, field: str, word: str, boost: float = 1.0) -> Self:
        """The roots of a word that is asked for."""
        return cls(field, join_keys(asked_roots(word)), boost)

    @property
    def keys(self) -> tuple[str, ...]:
        """The roots."""
        return split_keys(self.text)

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        roots, forms = map(frozenset, split_itself(self.keys))
        for term, telling_form in iter_printed(ixreader, self.fieldname):
            is_of = not roots.isdisjoint(family(telling_form).roots)
            if is_of or fold(telling_form) in forms:
                yield term


class PrintedTerm(TermSet):
    """Documents with the surface form *text* printed as *display_form*."""

    def __init__(
        self, fieldname: str, text: str, display_form: str, boost: float = 1.0
    ) -> None:
        super().__init__(fieldname, text, boost)
        self.display_form = display_form

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for term in ixreader.expand_prefix(self.fieldname, f"{self.text}\t"):
            _term, _tab, telling_form = term.decode().partition("\t")
            if without_diacritics(telling_form) == self.display_form:
                yield term


class NamePart(TermSet):
    """Documents with a part of a name, *text*, as `forms_of_part` has it."""

    @property
    def forms(self) -> list[str]:
        """The surface forms, sorted."""
        return sorted(forms_of_part(self.text))

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for form in self.forms:
            if (self.fieldname, form) in ixreader:
                yield form.encode()


class LightStem(TermSet):
    """Documents with any form of the light stem *text*."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The surface forms, sorted."""
        return forms_of_stem(self.text)

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for form in self.forms:
            if (self.fieldname, form) in ixreader:
                yield form.encode()


class StemPrefix(TermSet):
    """Documents with any form that begins with *text*, with a proclitic or without."""

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for term in ixreader.lexicon(self.fieldname):
            if has_prefix(term.decode(), self.text):
                yield term


def iter_printed(ixreader: Any, field: str) -> Iterator[tuple[bytes, str]]:
    """Each telling form of a field, with the term that has its postings alone."""
    for surface in ixreader.lexicon(field):
        for term in ixreader.expand_prefix(field, surface + b"\t"):
            yield term, term.decode().partition("\t")[2]


def find_positions(reader: Any, word: Query) -> dict[int, set[int]]:
    """The positions of a term query in each document, by Whoosh's reader."""
    if hasattr(word, "find_positions"):
        return word.find_positions(reader)  # type: ignore[no-any-return]
    positions: dict[int, set[int]] = {}
    for field, text in word.existing_terms(reader, expand=True):
        matcher = reader.postings(field, text)
        while matcher.is_active():
            positions.setdefault(matcher.id(), set()).update(
                matcher.value_as("positions")
            )
            matcher.next()
    return positions


class PositionQuery(Query):  # type: ignore[misc]
    """Base class of queries for *words* that stand together in one field.

    Each word is a term query.
    """

    def __init__(self, words: tuple[Query, ...], *, boost: float = 1.0) -> None:
        self.words = words
        # Equal words are read once.
        self.distinct_words = tuple(dict.fromkeys(words))
        self.boost = boost

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.words!r})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), self.words, self.boost))

    def field(self) -> str:
        return self.words[0].field()  # type: ignore[no-any-return]

    def estimate_size(self, ixreader: Any) -> int:
        return min(word.estimate_size(ixreader) for word in self.words)  # type: ignore[no-any-return]

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        positions = [find_positions(searcher.reader(), word) for word in self.words]
        docs = sorted(set.intersection(*(set(by_doc) for by_doc in positions)))
        matching = [
            doc for doc in docs if self._matches([by_doc[doc] for by_doc in positions])
        ]
        return (
            ListMatcher(matching, [1.0] * len(matching)) if matching else NullMatcher()
        )

    def _matches(self, positions: list[set[int]]) -> bool:
        """Whether a document has the words at such positions, one set a word."""
        raise NotImplementedError


class PhraseQuery(PositionQuery):
    """Documents in which the words stand next to one another, in this order."""

    def _matches(self, positions: list[set[int]]) -> bool:
        return any(
            all(start + at in later for at, later in enumerate(positions))
            for start in positions[0]
        )


class NearQuery(PositionQuery):
    """Documents in which the words stand at most *distance* positions apart.

    They may stand in any order; the distance is from the first to the last.
    """

    def __init__(
        self, words: tuple[Query, ...], distance: int, *, boost: float = 1.0
    ) -> None:
        super().__init__(words, boost=boost)
        self.distance = distance

    def __repr__(self) -> str:
        return f"NearQuery({self.words!r}, {self.distance!r})"

    def _matches(self, positions: list[set[int]]) -> bool:
        return any(
            max(chosen) - min(chosen) <= self.distance for chosen in product(*positions)
        )


class OptionalBoost(AndMaybe):  # type: ignore[misc]
    """Documents that match *a*; those that match *b* too score higher.

    Only documents that match *a* match *b*, so that scores of *b* need no filtering.
    """


class TitleMatch(Query):  # type: ignore[misc]
    """Documents that match *title*, scored with the document frequency of *text*.

    Few titles have any given word: with its own frequency each would score too high.
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
        """Whether each number is in the range: bool[n] for *numbers* of shape [n]."""
        return np.logical_and(numbers >= self.first, numbers <= self.last)
