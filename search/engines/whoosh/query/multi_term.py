"""Queries for many forms at once, of which only the commonest are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np

from search.arabic.analyzer import cached_stem
from search.arabic.edit_distance import is_near
from search.arabic.wildcards import compile_pattern
from search.engines.whoosh.arrays import Array, distinct
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.codec.term_dict import TermDict
from search.engines.whoosh.query.nodes import TermSet

# Forms looked for in a segment; more make no sense to a reader and take long.
MOST_FORMS: Final = 2_000
# Such queries whose forms are remembered, for pages ask for the same ones again: in a
# lexicon of 300,000 forms at most 2 MB each.
MOST_REMEMBERED: Final = 16


class ManyForms(TermSet):
    """Documents with any of the commonest forms that *text* stands for."""

    def find(self, field: FieldPostings) -> Array:
        """The posting lists, ascending, of all forms that *text* stands for."""
        key = (type(self), *sorted(vars(self).items()))
        found = field.expansions.get(key)
        if found is None:
            if len(field.expansions) >= MOST_REMEMBERED:
                field.expansions.clear()
            found = field.expansions[key] = self._find(field)
        return found

    def _find(self, field: FieldPostings) -> Array:
        raise NotImplementedError

    def expand(self, field: FieldPostings) -> Array:
        """The posting lists, ascending, of the commonest of them."""
        found = self.find(field)
        if not self.has_too_many(found):
            return found
        counts = field.doc_freqs(found)
        return np.sort(found[np.argsort(-counts, kind="stable")[:MOST_FORMS]])

    @staticmethod
    def has_too_many(found: Array) -> bool:
        """Whether not all of the forms *found* are looked for."""
        return found.size > MOST_FORMS


class WildcardTerm(ManyForms):
    """Documents with a form like *text*: ``*`` is any letters, ``?`` is one."""

    def _find(self, field: FieldPostings) -> Array:
        wanted = compile_pattern(self.text)
        terms = field.terms
        found = [
            at for at in self._candidates(terms) if wanted.fullmatch(terms[at].decode())
        ]
        return field.lists_of(np.array(found, np.int64))

    def _candidates(self, terms: TermDict) -> Iterable[int]:
        """Terms with the beginning or else the longest piece of the pattern."""
        pieces = re.split(r"[*?]+", self.text)
        if pieces[0]:
            return range(*terms.prefix_range(pieces[0].encode()))
        return terms.containing(max(pieces, key=len).encode())

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        wanted = compile_pattern(self.text)
        for term in ixreader.lexicon(self.fieldname):
            if wanted.fullmatch(term.decode()):
                yield term


class FuzzyTerm(ManyForms):
    """Documents with a form at most *edits* letters from *text*, or so near by stem."""

    def __init__(
        self, fieldname: str, text: str, edits: int, boost: float = 1.0
    ) -> None:
        super().__init__(fieldname, text, boost)
        self.edits = edits

    def _find(self, field: FieldPostings) -> Array:
        stems = field.fuzzy_stems.find_near(cached_stem(self.text), self.edits)
        forms = field.fuzzy_table.find_near(self.text, self.edits)
        return distinct(
            np.concatenate((field.lists_of(forms), field.families.families_of(stems)))
        )

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        for term in ixreader.lexicon(self.fieldname):
            if is_near(term.decode(), self.text, self.edits):
                yield term
