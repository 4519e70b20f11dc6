"""Words whose vowel marks count: forms, but not where they are marked otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import Query, Term

from search.arabic.diacritics import are_compatible
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.query.nodes import TermSet, find_places
from search.engines.whoosh.schema import diacritics_field, diacritics_term


class OtherMarkings(TermSet):
    """Documents with the surface form *text* marked as *form* cannot be.

    *fieldname* is the field in which the marked forms stand.
    """

    def __init__(
        self, fieldname: str, text: str, form: str, boost: float = 1.0
    ) -> None:
        super().__init__(fieldname, text, boost)
        self.form = form

    def expand(self, field: FieldPostings) -> Array:
        """Their posting lists."""
        first, last = field.terms.prefix_range(diacritics_term(self.text, ""))
        others = [at for at in range(first, last) if self.accepts(field.terms[at])]
        return field.lists_of(np.array(others, np.int64))

    def accepts(self, term: bytes) -> bool:
        """Whether *term*, a form with its marks, is not *form*."""
        return not are_compatible(self.form, term.decode().partition("\t")[2])

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        prefix = diacritics_term(self.text, "")
        return filter(self.accepts, ixreader.expand_prefix(self.fieldname, prefix))


class WithDiacritics(Query):  # type: ignore[misc]
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
        return isinstance(other, WithDiacritics) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((self.fieldname, self.form, self.boost))

    def field(self) -> str:
        return self.fieldname

    @property
    def marks(self) -> str:
        """The field in which the marked forms stand."""
        return diacritics_field(self.fieldname)

    @property
    def unmarked(self) -> Term:
        """The word whatever its marks."""
        return Term(self.fieldname, self.text)

    @property
    def others(self) -> OtherMarkings:
        """The word where its marks are not those of *form*."""
        return OtherMarkings(self.marks, self.text, self.form)

    def estimate_size(self, ixreader: Any) -> int:
        return ixreader.doc_frequency(self.fieldname, self.text)  # type: ignore[no-any-return]

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        docs = sorted(self.find_places(searcher.reader()))
        return ListMatcher(docs, [1.0] * len(docs)) if docs else NullMatcher()

    def find_places(self, reader: Any) -> dict[int, set[int]]:
        """Where the word stands in each document, by Whoosh's own reader."""
        places = find_places(reader, Term(self.fieldname, self.text))
        for term in reader.expand_prefix(self.marks, diacritics_term(self.text, "")):
            if self.others.accepts(term):
                for doc, others in find_places(reader, Term(self.marks, term)).items():
                    places[doc] -= others
        return {doc: found for doc, found in places.items() if found}
