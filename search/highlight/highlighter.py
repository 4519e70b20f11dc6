"""The highlighter: which words of a text a query matched, as spans to mark.

Works on the query tree and the analyzer alone, so that the hits of every engine are
highlighted alike: a word where its letters, family or root were asked for, a
phrase only where its words stand together.

A *chunk* is a run of text without white space, such as ``«الكتاب»،``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from search.arabic.analyzer import analyze
from search.arabic.families import has_diacritics, telling_form, telling_forms
from search.arabic.tokenize import list_words
from search.fields import CONTENT
from search.highlight.phrase_matcher import PhraseMatcher, find_matches
from search.highlight.token_matchers import TokenMatcher, match_leaf
from search.query import Near, Query, iter_leaves

# Highlighters that are cached, by query and field.
CACHED_HIGHLIGHTERS: Final = 32
# Characters of the longest text whose matches a highlighter caches, at some ten bytes
# each.
MAX_CACHED_LENGTH: Final = 100_000
# Chunks that a highlighter knows to have no match, at some 150 bytes each: a page of
# articles has about 2,000.
MAX_UNMARKED: Final = 5_000
# Chunks that are cached with their display forms, at some 210 bytes each.
CACHED_CHUNKS: Final = 100_000

# Up to so many chunks are searched for one by one; more in one pass over the text.
_MOST_SCANNED: Final = 16
_CHUNK_RE: Final = re.compile(r"\S+")


class Mark(NamedTuple):
    """A word to mark: its offsets in characters, and the word of the query it matches.

    ``word`` numbers the distinct words and phrases of the query from 0.
    """

    start: int
    end: int
    word: int


class Match(NamedTuple):
    """A mark with the display form of its token."""

    start: int
    end: int
    word: int
    form: str


class Highlighter:
    """Finds the marks of one query in texts of one field.

    ``title`` texts match words asked for in the title and words asked for anywhere.
    """

    def __init__(self, query: Query, *, field: str = CONTENT) -> None:
        fields = {CONTENT, field}
        # A word that the query has twice is matched once.
        leaves = dict.fromkeys(
            leaf for name, leaf in iter_leaves(query) if name in fields
        )
        self._matchers = [
            PhraseMatcher(tokens, leaf.distance if isinstance(leaf, Near) else None)
            for leaf in leaves
            if (tokens := match_leaf(leaf))
        ]
        self._keyless: list[tuple[int, TokenMatcher]] = []
        # Key function → value → word: one lookup for all words with the same keys.
        self._words_by_key: dict[Callable[[str], tuple[str, ...]], dict[str, int]] = {}
        for word, matcher in enumerate(self._matchers):
            for token in matcher.tokens:
                if token.keys is None:
                    self._keyless.append((word, token))
                    continue
                words = self._words_by_key.setdefault(token.keys, {})
                for value in token.values:
                    words.setdefault(value, word)
        self._primers = {
            token.prime
            for matcher in self._matchers
            for token in matcher.tokens
            if token.prime
        }
        self._is_context_free = all(each.is_context_free for each in self._matchers)
        # Chunks in which nothing is marked.
        self._unmarked: set[str] = set()
        self._recent: tuple[tuple[str, tuple[Match, ...]], ...] = ()

    @property
    def words(self) -> int:
        """The number of distinct words and phrases of the query."""
        return len(self._matchers)

    def prime(self, texts: Iterable[str]) -> None:
        """Look up the words of *texts* at once, which is faster than text by text."""
        if self._primers:
            chunks = self._drop_unmarked({chunk for t in texts for chunk in t.split()})
            self._prime_forms(self._list_forms(chunks))

    def find(self, text: str) -> list[Mark]:
        """The marks in *text*, in order, none overlapping another."""
        return [
            Mark(start, end, word) for start, end, word, _ in self.find_matches(text)
        ]

    def find_matches(self, text: str) -> tuple[Match, ...]:
        """The matches in *text*, in order, none overlapping another."""
        if not self._matchers:
            return ()
        for recent, matches in self._recent:
            if recent is text:
                return matches
        if self._is_context_free:
            matches = tuple(sorted(self._iter_context_free(text)))
        else:
            matches = tuple(
                Match(*span, word, form)
                for span, word, form in find_matches(
                    text, self._matchers, self._select_forms
                )
            )
        # Two texts are cached, because a page asks for the marks of an article's
        # subtitle and body, and then counts the forms of both.
        if len(text) <= MAX_CACHED_LENGTH:
            self._recent = (*self._recent[-1:], (text, matches))
        return matches

    def _iter_context_free(self, text: str) -> Iterator[Match]:
        """The matches in *text*, in no order, where no word depends on its neighbors.

        No token has white space in it, and articles share most of their chunks: most
        are known to have no match, and only the few others are searched for.
        """
        unknown = self._drop_unmarked(set(text.split()))
        selected = self._select_forms(self._list_forms(unknown))
        matching = {
            chunk for chunk in unknown if not selected.isdisjoint(_forms_of(chunk))
        }
        self._unmarked |= unknown - matching
        matches = {chunk: tuple(self._iter_matches(chunk)) for chunk in matching}
        for offset, chunk in _iter_offsets(text, matches):
            for start, end, word, form in matches[chunk]:
                yield Match(offset + start, offset + end, word, form)

    def _list_forms(self, chunks: Collection[str]) -> set[str]:
        """The telling forms of the words of *chunks*."""
        # All words with vowels at once, which is faster than one by one.
        telling_forms(
            chain.from_iterable(map(list_words, filter(has_diacritics, chunks)))
        )
        return set().union(*map(_forms_of, chunks))

    def _prime_forms(self, forms: Collection[str]) -> None:
        for prime in self._primers:
            prime(forms)

    def _drop_unmarked(self, chunks: set[str]) -> set[str]:
        """*chunks* without those that are known to have no match."""
        if len(self._unmarked) > MAX_UNMARKED:
            self._unmarked = set()
        return chunks - self._unmarked

    def _iter_matches(self, chunk: str) -> Iterator[Match]:
        marked = 0
        for token in analyze(chunk):
            # The words of a ligature have one span: the first that matches marks it.
            form = telling_form(token.printed)
            word = None if token.end == marked else self._word_of(form)
            if word is not None:
                marked = token.end
                yield Match(token.start, token.end, word, form)

    def _word_of(self, form: str) -> int | None:
        """The first word of the query that matches *form*, or ``None``."""
        words = [word for word, token in self._keyless if token.accepts(form)]
        for keys, words_by_value in self._words_by_key.items():
            words += [
                words_by_value[key] for key in keys(form) if key in words_by_value
            ]
        return min(words, default=None)

    def _select_forms(self, forms: set[str]) -> set[str]:
        """Those of *forms* that any word of the query matches."""
        self._prime_forms(forms)
        tokens = [token for _word, token in self._keyless]
        selected = (
            {form for form in forms if any(token.accepts(form) for token in tokens)}
            if tokens
            else set()
        )
        for keys, words_by_value in self._words_by_key.items():
            selected |= {
                form
                for form in forms
                if not words_by_value.keys().isdisjoint(keys(form))
            }
        return selected


@lru_cache(CACHED_CHUNKS)
def _forms_of(chunk: str) -> tuple[str, ...]:
    return tuple(filter(None, map(telling_form, list_words(chunk))))


# Cached, because a page highlights twenty articles for one query, and the next page
# twenty more.
get_highlighter = lru_cache(CACHED_HIGHLIGHTERS)(Highlighter)


def _iter_offsets(text: str, chunks: Collection[str]) -> Iterator[tuple[int, str]]:
    """Each occurrence of *chunks* in *text*, as a whole chunk, with its offset."""
    if len(chunks) > _MOST_SCANNED:
        for match in _CHUNK_RE.finditer(text):
            if match.group() in chunks:
                yield match.start(), match.group()
        return
    for chunk in chunks:
        start = text.find(chunk)
        while start >= 0:
            end = start + len(chunk)
            begins = start == 0 or text[start - 1].isspace()
            if begins and not text[end : end + 1].strip():
                yield start, chunk
            elif rest := _CHUNK_RE.match(text, end):
                # Inside a longer chunk: no other begins before its end.
                end = rest.end()
            start = text.find(chunk, end)
