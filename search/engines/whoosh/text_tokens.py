"""The words of a field of Arabic text while documents come in, and its sections.

Words are numbered as printed, so that each is folded once however often it stands.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np

from search.arabic.marks import marked_form
from search.arabic.normalize import fold
from search.arabic.spelling import plain_spelling
from search.arabic.tokenize import WORD_RE
from search.engines.whoosh.groups import find_form, pack_groups
from search.engines.whoosh.inversion import TokenStream, narrow, rank_terms
from search.engines.whoosh.lexicon import pack_terms
from search.engines.whoosh.postings_builder import PostingsBuilder
from search.engines.whoosh.schema import (
    marked_field,
    marked_term,
    split_values,
)
from search.engines.whoosh.segment_file import Array
from search.engines.whoosh.spellings import choose_spellings, pack_spellings
from search.scanning import MAX_DISTANCE

# No phrase and no nearness reaches from one part of a text, such as its title,
# into the next.
PART_GAP: Final = MAX_DISTANCE
# The number of words without a surface form, which are no tokens.
_NO_WORD: Final = 0


class _Words(dict[str, int]):
    """Numbers printed words as they are first met; ``surfaces`` has their forms."""

    def __init__(self) -> None:
        super().__init__()
        self.printed = [""]
        self.surfaces = [""]
        self.has_empty = False

    def __missing__(self, word: str) -> int:
        surface = fold(word)
        if surface:
            number = len(self.surfaces)
            self.printed.append(word)
            self.surfaces.append(surface)
        else:
            number, self.has_empty = _NO_WORD, True
        self[word] = number
        return number


class TextTokens:
    """The tokens of the Arabic text *name*; its vowel marks are a field beside it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stream = TokenStream()
        self._words = _Words()

    def add(self, value: Any) -> None:
        """Append the next document, whose text is *value*: one part or several."""
        position = 0
        for part in split_values(value):
            numbers: Iterable[int] = map(self._words.__getitem__, WORD_RE.findall(part))
            found = array("I", numbers)
            if self._words.has_empty and _NO_WORD in found:
                found = array("I", (number for number in found if number))
            if found:
                self.stream.add(found, position=position)
                position += len(found) + PART_GAP
        self.stream.end_document()

    def sections(self, count: int) -> Iterator[tuple[str, Array]]:
        """The sections of the field and of its marks, for *count* documents."""
        forms = sorted(map(find_form, set(self._words.surfaces[1:])))
        list_of = {form.surface.decode(): at for at, form in enumerate(forms)}
        # Nothing has the number 0, so any list will do.
        lists = [0, *map(list_of.__getitem__, self._words.surfaces[1:])]
        builder = PostingsBuilder(len(forms), positions=True)
        builder.add(self.stream.sorted_tokens(np.array(lists, np.int64)))
        yield from builder.sections(self.name).items()
        lengths = np.frombuffer(self.stream.lengths, np.uint32)
        yield f"{self.name}/lengths", narrow(lengths)
        kept = [forms[at] for at in builder.used()]
        yield from pack_groups(self.name, kept).items()
        terms = sorted(form.surface for form in kept)
        yield from pack_spellings(self.name, terms, self._choose_spellings()).items()
        yield from self._marked_sections().items()

    def _choose_spellings(self) -> dict[str, str]:
        printed = np.bincount(
            np.frombuffer(self.stream.terms, np.uint32),
            minlength=len(self._words.surfaces),
        ).tolist()
        return choose_spellings(
            (surface, plain_spelling(word), printed[number])
            for number, (word, surface) in enumerate(
                zip(self._words.printed, self._words.surfaces, strict=True)
            )
            if number != _NO_WORD
        )

    def _marked_sections(self) -> dict[str, Array]:
        terms = [
            marked_term(surface, form) if (form := marked_form(word)) else b""
            for word, surface in zip(
                self._words.printed, self._words.surfaces, strict=True
            )
        ]
        distinct, ranks = rank_terms(terms)
        has_marks = np.array([bool(term) for term in terms])
        numbers = np.frombuffer(self.stream.terms, np.uint32)
        builder = PostingsBuilder(len(distinct), positions=True)
        builder.add(self.stream.sorted_tokens(ranks, chosen=has_marks[numbers]))
        used = [distinct[at] for at in builder.used()]
        name = marked_field(self.name)
        return builder.sections(name) | pack_terms(f"{name}/terms", used)
