"""Queries that stand for many terms of a lexicon: wildcards and fuzzy words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from search.arabic.edit_distance import is_near, near_bases
from search.arabic.families import prime
from search.arabic.wildcards import compile_pattern
from search.engines.whoosh.arrays import Array, distinct
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.query.nodes import TermSet, iter_printed
from search.engines.whoosh.query.wildcard_match import match_wildcard

# Terms of a segment that are searched for; more tell a reader nothing and take long.
MAX_EXPANSIONS: Final = 2_000


class MultiTermQuery(TermSet):
    """Documents with any of the most frequent terms that *text* stands for."""

    def find(self, field: FieldPostings) -> Array:
        """The posting lists of all such terms, ascending: int64[n]."""
        key = (type(self), *sorted(vars(self).items()))
        lists = field.expansions.get(key)
        if lists is None:
            lists = self._find(field)
            field.expansions.put(key, lists)
        return lists

    def _find(self, field: FieldPostings) -> Array:
        raise NotImplementedError

    def expand(self, field: FieldPostings) -> Array:
        """The posting lists of the most frequent ones, ascending: int64[n]."""
        lists = self.find(field)
        if not self.is_cut(lists):
            return lists
        counts = field.doc_freqs(lists)
        return np.sort(lists[np.argsort(-counts, kind="stable")[:MAX_EXPANSIONS]])

    @staticmethod
    def is_cut(lists: Array) -> bool:
        """Whether there are more *lists* than are searched for."""
        return lists.size > MAX_EXPANSIONS


class WildcardTerm(MultiTermQuery):
    """Documents with a term like *text*: ``*`` is any letters, ``?`` is one."""

    def _find(self, field: FieldPostings) -> Array:
        literal = re.split(r"[*?]", self.text, maxsplit=1)[0]
        first, last = field.terms.prefix_range(literal.encode())
        ordinals = match_wildcard(field.letters, self.text, first, last)
        return field.lists_of(ordinals)

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        pattern = compile_pattern(self.text)
        for term in ixreader.lexicon(self.fieldname):
            if pattern.fullmatch(term.decode()):
                yield term


class FuzzyTerm(MultiTermQuery):
    """Documents with a term within *edits* of *text*, or of a lemma that is."""

    def __init__(
        self, fieldname: str, text: str, edits: int, boost: float = 1.0
    ) -> None:
        super().__init__(fieldname, text, boost)
        self.edits = edits

    def _find(self, field: FieldPostings) -> Array:
        forms = field.fuzzy_table.find_near(self.text, self.edits)
        lists = [field.lists_of(forms)]
        for base, edits in near_bases(self.text, self.edits).items():
            if field.fuzzy_lemmas is not None:
                near = field.fuzzy_lemmas.find_near(base, edits)
                lists.append(field.families.at_lemmas(near))
        return distinct(np.concatenate(lists))

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        printed = list(iter_printed(ixreader, self.fieldname))
        prime(telling_form for _term, telling_form in printed)
        for term, telling_form in printed:
            if is_near(telling_form, self.text, self.edits):
                yield term
