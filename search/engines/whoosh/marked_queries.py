"""Words whose vowel marks count: forms, but not where they are marked otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import Query

from search.arabic.marks import are_compatible
from search.engines.whoosh.schema import marked_field, marked_term
from search.engines.whoosh.segment import FieldPostings
from search.engines.whoosh.segment_file import Array


class Marked(Query):  # type: ignore[misc]
    """Documents with the surface form *text* where its marks may be those of *form*."""

    def __init__(
        self, fieldname: str, text: str, form: str, boost: float = 1.0
    ) -> None:
        self.fieldname = fieldname
        self.text = text
        self.form = form
        self.boost = boost

    def __repr__(self) -> str:
        return f"Marked({self.fieldname!r}, {self.form!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marked) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((self.fieldname, self.form, self.boost))

    def field(self) -> str:
        return self.fieldname

    @property
    def marks(self) -> str:
        """The field in which the marked forms stand."""
        return marked_field(self.fieldname)

    def pick_others(self, field: FieldPostings) -> Array:
        """The ordinals, in the field of marks, of markings that *form* cannot have."""
        first, last = field.terms.prefix_range(marked_term(self.text, ""))
        others = [
            ordinal
            for ordinal in range(first, last)
            if self._differs(field.terms[ordinal])
        ]
        return np.array(others, np.int64)

    def _differs(self, term: bytes) -> bool:
        return not are_compatible(self.form, term.decode().partition("\t")[2])

    def estimate_size(self, ixreader: Any) -> int:
        return ixreader.doc_frequency(self.fieldname, self.text)  # type: ignore[no-any-return]

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        reader = searcher.reader()
        if (self.fieldname, self.text) not in reader:
            return NullMatcher()
        places = set(_iter_places(reader, self.fieldname, self.text.encode()))
        for term in reader.expand_prefix(self.marks, marked_term(self.text, "")):
            if self._differs(term):
                places -= set(_iter_places(reader, self.marks, term))
        docs = sorted({doc for doc, _place in places})
        return ListMatcher(docs, [1.0] * len(docs)) if docs else NullMatcher()


def _iter_places(reader: Any, name: str, term: bytes) -> Iterator[tuple[int, int]]:
    matcher = reader.postings(name, term)
    while matcher.is_active():
        for place in matcher.value_as("positions"):
            yield matcher.id(), place
        matcher.next()
