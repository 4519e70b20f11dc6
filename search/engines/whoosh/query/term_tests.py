"""Queries for the terms of a field that pass a test, and for texts in a range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import numpy as np
from whoosh.query import Query
from whoosh.support.levenshtein import distance

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.codec.term_dict import TermDict
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.nodes import TermSet


class TermFilter(TermSet):
    """Documents with any term that ``accepts`` says yes to."""

    @property
    def prefix(self) -> str:
        """What every accepted term begins with; only such terms are tested."""
        return ""

    def accepts(self, term: str) -> bool:
        """Whether *term* is one of those asked for."""
        raise NotImplementedError

    def candidates(self, terms: TermDict) -> Iterable[int]:
        """The ordinals of the terms to test."""
        return range(*terms.prefix_range(self.prefix.encode()))

    def expand(self, field: FieldPostings) -> Array:
        """The posting lists of the accepted terms of *field*."""
        accepted = [
            ordinal
            for ordinal in self.candidates(field.terms)
            if self.accepts(field.terms[ordinal].decode())
        ]
        return field.lists_of(np.array(accepted, np.int64))

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for term in ixreader.expand_prefix(self.fieldname, self.prefix):
            if self.accepts(term.decode()):
                yield term


class Containing(TermFilter):
    """Documents with a term that *text* is part of."""

    def candidates(self, terms: TermDict) -> Iterable[int]:
        return terms.containing(self.text.encode())

    def accepts(self, term: str) -> bool:
        return self.text in term


class EndingWith(TermFilter):
    """Documents with a term that ends with *text*."""

    def candidates(self, terms: TermDict) -> Iterable[int]:
        return terms.containing(self.text.encode())

    def accepts(self, term: str) -> bool:
        return term.endswith(self.text)


class Fuzzy(TermFilter):
    """Documents with a term at most *maxdist* edits away from *text*.

    The first *prefixlength* letters must be the same.
    """

    def __init__(
        self,
        fieldname: str,
        text: str,
        boost: float = 1.0,
        *,
        maxdist: int = 1,
        prefixlength: int = 1,
    ) -> None:
        super().__init__(fieldname, text, boost)
        self.maxdist = maxdist
        self.prefixlength = prefixlength

    @property
    def prefix(self) -> str:
        return self.text[: self.prefixlength]

    def accepts(self, term: str) -> bool:
        return bool(distance(term, self.text, limit=self.maxdist) <= self.maxdist)


# The comparisons that what is larger than the bound passes.
_ABOVE: Final = frozenset({"gt", "gte"})


class DecimalRange(TermFilter):
    """Documents with a decimal number that is *comparison* the number *text*.

    *comparison* is ``exact``, ``gt``, ``gte``, ``lt`` or ``lte``.
    """

    def __init__(self, fieldname: str, text: str, comparison: str) -> None:
        super().__init__(fieldname, text)
        self.comparison = comparison
        self.bound = Decimal(text)

    def accepts(self, term: str) -> bool:
        try:
            value = Decimal(term)
        except InvalidOperation:
            return False
        if self.comparison == "exact" or value == self.bound:
            return value == self.bound and self.comparison in ("exact", "gte", "lte")
        return (value > self.bound) == (self.comparison in _ABOVE)


class TextRange(Query):  # type: ignore[misc]
    """Documents whose whole text, as stored to sort by, is *comparison* than *text*.

    *comparison* is ``gt``, ``gte``, ``lt`` or ``lte``; texts compare by code points.
    A document without text is in no range.
    """

    def __init__(self, fieldname: str, text: str, comparison: str) -> None:
        self.fieldname = fieldname
        self.text = text
        self.comparison = comparison
        self.boost = 1.0

    def __repr__(self) -> str:
        return f"TextRange({self.fieldname!r}, {self.text!r}, {self.comparison!r})"

    def find(self, snapshot: Snapshot) -> Array:
        """The numbers of the documents, ascending."""
        found = [np.empty(0, np.int64)]
        for base, data in zip(snapshot.doc_bases, snapshot.segments, strict=False):
            order = data.sorted_doc_values(self.fieldname)
            if order is None:
                continue
            ordinals, texts = order
            above = self.comparison in _ABOVE
            # Whether the bound itself is on the far side of the cut.
            after = self.comparison in ("gt", "lte")
            cut = texts.lower_bound(self.text.encode() + b"\0" * after)
            has_text = ordinals >= texts.lower_bound(b"\0")
            chosen = has_text & ((ordinals >= cut) == above)
            found.append(np.flatnonzero(chosen) + base)
        return np.concatenate(found)
