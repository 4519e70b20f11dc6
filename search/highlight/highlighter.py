"""Which words of a text a query matched: the spans that pages mark.

Works on the query tree and the analyzer alone, so that every engine's hits are
marked alike: a word where its surface form, family or root was asked for, a phrase
only where its words stand together. Public: `Mark`, `Highlighter`, `get_highlighter`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from search.arabic.analyzer import analyze, surfaces
from search.fields import CONTENT
from search.highlight.phrase_matcher import PhraseMatcher, find_matches
from search.highlight.token_matchers import (
    TokenMatcher,
    match_fuzzy,
    match_prefix,
    match_wildcard,
    match_words,
)
from search.query import (
    And,
    Field,
    Fuzzy,
    MostOf,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)

# Queries whose markers are kept.
CACHED_HIGHLIGHTERS: Final = 32
# Characters of the longest text that a marker remembers, at some ten bytes each.
MAX_CACHED_LENGTH: Final = 100_000
# Pieces of text that a marker knows without looking at them again, at some 150 bytes
# each: a page of articles has about 2,000.
MAX_UNMARKED: Final = 5_000
# Pieces of text that are kept with their forms: a megabyte holds some 4,000.
CACHED_CHUNKS: Final = 100_000

# Pieces for each of which a text is gone through; for more, once for all.
_MOST_SCANNED: Final = 16
_PIECE_RE: Final = re.compile(r"\S+")


class Mark(NamedTuple):
    """A word to mark: offsets in characters, and which word of the query it answers."""

    start: int
    end: int
    word: int


class _Found(NamedTuple):
    """A word of a text that the query matched, with its surface form."""

    start: int
    end: int
    word: int
    form: str


class Highlighter:
    """Finds the marks of one query in texts of one field.

    ``title`` texts answer words asked for in the title and words asked for anywhere.
    """

    def __init__(self, query: Query, *, field: str = CONTENT) -> None:
        wanted = {CONTENT, field}
        # A word that is asked for twice is looked for once.
        leaves = dict.fromkeys(
            leaf for name, leaf in _iter_leaves(query, CONTENT) if name in wanted
        )
        self._leaves = [_build_sequence(leaf) for leaf in leaves]
        self._others: list[tuple[int, TokenMatcher]] = []
        # Words told by a key cost one look each, however many the query has.
        self._values: dict[Callable[[str], str], dict[str, int]] = {}
        for word, leaf in enumerate(self._leaves):
            for test in leaf.tests:
                if test.key is None:
                    self._others.append((word, test))
                else:
                    self._values.setdefault(test.key, {}).setdefault(test.value, word)
        self._are_alone = all(leaf.is_alone for leaf in self._leaves)
        # Text without white space in which nothing is marked.
        self._unmarked: set[str] = set()
        self._last: tuple[tuple[str, tuple[_Found, ...]], ...] = ()

    @property
    def words(self) -> int:
        """How many words or phrases of the query can be marked."""
        return len(self._leaves)

    def find(self, text: str) -> list[Mark]:
        """The marks in *text*, in order, none overlapping another."""
        return [Mark(start, end, word) for start, end, word, _ in self._read(text)]

    def count(self, text: str) -> Counter[str]:
        """How often each form of *text* is marked, by the surface form.

        The forms of the first word of the query come first.
        """
        found = sorted(self._read(text), key=attrgetter("word"))
        return Counter(one.form for one in found)

    def spell(self, text: str, surface: str) -> str:
        """The first word of *text* marked for this form, as it is printed there."""
        start, end = next(
            (start, end) for start, end, _, form in self._read(text) if form == surface
        )
        return text[start:end]

    def _read(self, text: str) -> tuple[_Found, ...]:
        """The words of *text* to mark, in order."""
        if not self._leaves:
            return ()
        for last, found in self._last:
            if last is text:
                return found
        if self._are_alone:
            found = tuple(sorted(self._iter_alone(text)))
        else:
            found = tuple(
                _Found(*bounds, word, form)
                for bounds, word, form in find_matches(text, self._leaves, self._choose)
            )
        # Kept for whoever asks next about the same article: for marks of its subtitle
        # and its body, then for counts.
        if len(text) <= MAX_CACHED_LENGTH:
            self._last = (*self._last[-1:], (text, found))
        return found

    def _iter_alone(self, text: str) -> Iterator[_Found]:
        """The words to mark where each matches by itself, in no order.

        No word has white space in it, and the same pieces between white space are in
        all articles: most are known to have nothing, and few are looked for.
        """
        unknown = self._unknown(set(text.split()))
        wanted = self._choose(set().union(*map(_forms_of, unknown)))
        found = {piece for piece in unknown if not wanted.isdisjoint(_forms_of(piece))}
        self._unmarked |= unknown - found
        marked = {piece: tuple(self._iter_marked(piece)) for piece in found}
        for at, piece in _iter_places(text, marked):
            for start, end, word, form in marked[piece]:
                yield _Found(at + start, at + end, word, form)

    def _unknown(self, pieces: set[str]) -> set[str]:
        """Those of *pieces* that are not known to have nothing."""
        if len(self._unmarked) > MAX_UNMARKED:
            self._unmarked = set()
        return pieces - self._unmarked

    def _iter_marked(self, piece: str) -> Iterator[_Found]:
        for token in analyze(piece):
            word = self._word_of(token.surface)
            if word is not None:
                yield _Found(token.start, token.end, word, token.surface)

    def _word_of(self, form: str) -> int | None:
        """The first word of the query that stands for *form*, or ``None``."""
        words = [word for word, test in self._others if test.accepts(form)]
        for key, values in self._values.items():
            word = values.get(key(form))
            if word is not None:
                words.append(word)
        return min(words, default=None)

    def _choose(self, forms: set[str]) -> set[str]:
        """Those of *forms* that some word of the query stands for."""
        tests = [test for _word, test in self._others]
        chosen = (
            {form for form in forms if any(test.accepts(form) for test in tests)}
            if tests
            else set()
        )
        for key, values in self._values.items():
            chosen |= {form for form in forms if key(form) in values}
        return chosen


@lru_cache(CACHED_CHUNKS)
def _forms_of(piece: str) -> tuple[str, ...]:
    """The surface forms of the words in text without white space."""
    return tuple(surfaces(piece))


# A page asks for the same marks of twenty articles, and so does the next one.
get_highlighter = lru_cache(CACHED_HIGHLIGHTERS)(Highlighter)


def _iter_places(text: str, pieces: Collection[str]) -> Iterator[tuple[int, str]]:
    """Where each of *pieces* stands in *text* between white space."""
    if len(pieces) > _MOST_SCANNED:
        for match in _PIECE_RE.finditer(text):
            if match.group() in pieces:
                yield match.start(), match.group()
        return
    for piece in pieces:
        at = text.find(piece)
        while at >= 0:
            end = at + len(piece)
            if (at == 0 or text[at - 1].isspace()) and not text[end : end + 1].strip():
                yield at, piece
            elif rest := _PIECE_RE.match(text, end):
                # Part of a longer piece, in which no other begins.
                end = rest.end()
            at = text.find(piece, end)


def _iter_leaves(query: Query, field: str) -> Iterator[tuple[str, Query]]:
    """Each leaf that an article may match by, with the field it is looked for in."""
    match query:
        case And(children) | Or(children) | MostOf(children):
            for child in children:
                yield from _iter_leaves(child, field)
        case Field(name, child):
            yield from _iter_leaves(child, name)
        case Term() | Phrase() | Near() | Prefix() | Wildcard() | Fuzzy():
            yield field, query


def _build_sequence(leaf: Query) -> PhraseMatcher:
    match leaf:
        case Term(text, level):
            return PhraseMatcher(match_words((text,), level))
        case Phrase(words, level):
            return PhraseMatcher(match_words(words, level))
        case Near(words, distance, level):
            # One place answers a word that is asked for twice.
            once = tuple(dict.fromkeys(words))
            return PhraseMatcher(match_words(once, level), distance)
        case Prefix(text, level):
            return PhraseMatcher(match_prefix(text, level))
        case Wildcard(text):
            return PhraseMatcher(match_wildcard(text))
        case Fuzzy(text, edits):
            return PhraseMatcher(match_fuzzy(text, edits))
    raise TypeError(f"{type(leaf).__name__} stands for no words.")
