"""Queries for words whose diacritics count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import Query, Term

from search.arabic.diacritics import are_compatible
from search.arabic.families import family
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.query.nodes import (
    Family,
    PrintedTerm,
    TermSet,
    find_positions,
    iter_printed,
)
from search.engines.whoosh.schema import diacritics_field, diacritics_term


class OtherDiacritics(TermSet):
    """Documents with the surface form *text* with diacritics that contradict *form*.

    *fieldname* is the field of forms with their diacritics.
    """

    def __init__(
        self, fieldname: str, text: str, form: str, boost: float = 1.0
    ) -> None:
        super().__init__(fieldname, text, boost)
        self.form = form

    def expand(self, field: FieldPostings) -> Array:
        """The posting lists of such forms, ascending."""
        first, last = field.terms.prefix_range(diacritics_term(self.text, ""))
        others = [at for at in range(first, last) if self.accepts(field.terms[at])]
        return field.lists_of(np.array(others, np.int64))

    def accepts(self, term: bytes) -> bool:
        """Whether *term*, a form with its diacritics, contradicts *form*."""
        return not are_compatible(self.form, term.decode().partition("\t")[2])

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        prefix = diacritics_term(self.text, "")
        return filter(self.accepts, ixreader.expand_prefix(self.fieldname, prefix))


class LikeliestFamily(Family):
    """Documents with a form that is more likely of the lemmas than of any other."""

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for term, telling_form in iter_printed(ixreader, self.fieldname):
            if family(telling_form).lemmas[0] in self.keys:
                yield term


class WithDiacritics(Query):  # type: ignore[misc]
    """Documents that match *word* with diacritics that allow those of *form*.

    *word* is the query for a surface form: a `Term` or a `PrintedTerm`.
    """

    def __init__(self, word: Term | PrintedTerm, form: str, boost: float = 1.0) -> None:
        self.word = word
        self.form = form
        self.boost = boost

    def __repr__(self) -> str:
        return f"WithDiacritics({self.word!r}, {self.form!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WithDiacritics) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((self.word, self.form, self.boost))

    def field(self) -> str:
        return self.word.fieldname

    @property
    def diacritics_field(self) -> str:
        """The field of forms with their diacritics."""
        return diacritics_field(self.field())

    @property
    def contradicting(self) -> OtherDiacritics:
        """The surface form with diacritics that contradict *form*."""
        return OtherDiacritics(self.diacritics_field, self.word.text, self.form)

    def estimate_size(self, ixreader: Any) -> int:
        return self.word.estimate_size(ixreader)  # type: ignore[no-any-return]

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        docs = sorted(self.find_positions(searcher.reader()))
        return ListMatcher(docs, [1.0] * len(docs)) if docs else NullMatcher()

    def find_positions(self, reader: Any) -> dict[int, set[int]]:
        """The positions of the word in each document, by Whoosh's own reader."""
        positions = find_positions(reader, self.word)
        prefix = diacritics_term(self.word.text, "")
        for term in reader.expand_prefix(self.diacritics_field, prefix):
            if self.contradicting.accepts(term):
                other = find_positions(reader, Term(self.diacritics_field, term))
                for doc, contradicting in other.items():
                    if doc in positions:
                        positions[doc] -= contradicting
        return {doc: left for doc, left in positions.items() if left}
