"""Queries for the terms of a field that pass a test, and for texts in a range.

Haystack's lookups compile to these.
"""

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
    """Base class of queries for any term that ``accepts`` accepts."""

    @property
    def prefix(self) -> str:
        """The prefix of every accepted term; only terms with it are tested."""
        return ""

    def accepts(self, term: str) -> bool:
        """Whether *term* is accepted."""
        raise NotImplementedError

    def candidates(self, terms: TermDict) -> Iterable[int]:
        """The ordinals of the terms to test, ascending."""
        return range(*terms.prefix_range(self.prefix.encode()))

    def expand(self, field: FieldPostings) -> Array:
        """The posting lists of the accepted terms, ascending: int64[n]."""
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


class ContainsTerm(TermFilter):
    """Documents with a term that contains *text*."""

    def candidates(self, terms: TermDict) -> Iterable[int]:
        return terms.containing(self.text.encode())

    def accepts(self, term: str) -> bool:
        return self.text in term


class EndsWithTerm(TermFilter):
    """Documents with a term that ends with *text*."""

    def candidates(self, terms: TermDict) -> Iterable[int]:
        return terms.containing(self.text.encode())

    def accepts(self, term: str) -> bool:
        return term.endswith(self.text)


class LevenshteinTerm(TermFilter):
    """Documents with a term within Levenshtein distance *maxdist* of *text*.

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


# The comparisons that a value above the bound passes.
_ABOVE: Final = frozenset({"gt", "gte"})


class DecimalRange(TermFilter):
    """Documents with a decimal number that compares to the number *text*.

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
    """Documents whose whole text, as it is sorted by, compares to *text*.

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
        """The documents, ascending: int64[n]."""
        docs = [np.empty(0, np.int64)]
        for base, data in zip(snapshot.doc_bases, snapshot.segments, strict=False):
            order = data.sorted_doc_values(self.fieldname)
            if order is None:
                continue
            ordinals, texts = order
            above = self.comparison in _ABOVE
            # Whether a text equal to the bound is below the cut.
            after = self.comparison in ("gt", "lte")
            cut = texts.lower_bound(self.text.encode() + b"\0" * after)
            has_text = ordinals >= texts.lower_bound(b"\0")
            inside = has_text & ((ordinals >= cut) == above)
            docs.append(np.flatnonzero(inside) + base)
        return np.concatenate(docs)
