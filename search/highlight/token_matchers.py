"""Which tokens of a text a word of the query stands for, at each level.

The same words as in the index, told from the analyzer alone. Public: `TokenMatcher`,
`match_words`, `match_prefix`, `match_wildcard`, `match_fuzzy`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from search.arabic.analyzer import analyze, cached_root, cached_stem, surfaces
from search.arabic.diacritics import diacritized_form
from search.arabic.edit_distance import edit_distance
from search.arabic.normalize import fold_prefix
from search.arabic.prefixes import has_prefix
from search.arabic.wildcards import compile_pattern, fold_pattern
from search.query import Level

# Whether a surface form is one that a word of the query stands for.
Accept = Callable[[str], bool]

# Forms of which a slow test remembers the answer.
CACHED_FORMS: Final = 20_000


@dataclass(frozen=True, slots=True)
class TokenMatcher:
    """Whether a token is wanted: by its surface form, and by its marks.

    ``form`` has the vowel marks that the reader typed; ``""`` where none count.
    Where ``key`` is given, the test accepts the forms for which it gives ``value``.
    """

    accepts: Accept
    form: str = ""
    key: Callable[[str], str] | None = None
    value: str = ""


def match_words(words: tuple[str, ...], level: Level) -> tuple[TokenMatcher, ...]:
    """A test for each token of *words* at *level*."""
    return tuple(
        _TESTS[level](token.surface, diacritized_form(word[token.start : token.end]))
        for word in words
        for token in analyze(word)
    )


def match_prefix(text: str, level: Level) -> tuple[TokenMatcher, ...]:
    """Tests for the words of *text*, the last of which goes on."""
    *before, token = analyze(text)
    tests = [_exact_test(one.surface, "") for one in before]
    last = fold_prefix(text[token.start : token.end])
    if level is Level.EXACT:
        return (*tests, TokenMatcher(lambda form: form.startswith(last)))
    return (
        *tests,
        TokenMatcher(lambda form: has_prefix(form, last)),
    )


def match_wildcard(text: str) -> tuple[TokenMatcher, ...]:
    """The test for words like a pattern."""
    pattern = compile_pattern(fold_pattern(text))
    return (TokenMatcher(lambda form: bool(pattern.fullmatch(form))),)


def match_fuzzy(text: str, edits: int) -> tuple[TokenMatcher, ...]:
    """Tests for words at most *edits* letters away, themselves or by their stems."""
    return tuple(_near_test(surface, edits) for surface in surfaces(text))


def _exact_test(surface: str, form: str) -> TokenMatcher:
    return TokenMatcher(lambda other: other == surface, form, str, surface)


def _family_test(surface: str, form: str) -> TokenMatcher:
    stem = cached_stem(surface)
    return TokenMatcher(lambda other: cached_stem(other) == stem, "", cached_stem, stem)


def _root_test(surface: str, form: str) -> TokenMatcher:
    root = _root_of(surface)
    return TokenMatcher(lambda other: _root_of(other) == root, "", _root_of, root)


def _root_of(surface: str) -> str:
    return cached_root(cached_stem(surface))


# The surface form and the marked form of a word asked for → the test of tokens.
_TESTS: Final[Mapping[Level, Callable[[str, str], TokenMatcher]]] = {
    Level.EXACT: _exact_test,
    Level.FAMILY: _family_test,
    Level.ROOT: _root_test,
}


def _near_test(surface: str, edits: int) -> TokenMatcher:
    stem = cached_stem(surface)

    def accepts(form: str) -> bool:
        return _is_near(form, surface, edits) or _is_near(
            cached_stem(form), stem, edits
        )

    # The words of articles are much the same.
    return TokenMatcher(lru_cache(CACHED_FORMS)(accepts))


def _is_near(one: str, other: str, edits: int) -> bool:
    if abs(len(one) - len(other)) > edits:
        return False
    return edit_distance(one, other) <= edits
