"""Token matchers: which tokens of a text a word of a query matches, at each level.

They accept the forms that the engine finds, by the analyzer alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from search.arabic.analyzer import analyze, cached_fold, is_part_of_name, surfaces
from search.arabic.compounds import forms_of_part
from search.arabic.diacritics import diacritized_form
from search.arabic.display_form import display_form
from search.arabic.edit_distance import is_near
from search.arabic.families import ITSELF, asked_lemmas, asked_roots, family, prime
from search.arabic.prefixes import has_prefix, prime_prefix, split_prefix
from search.arabic.wildcards import compile_pattern, fold_pattern
from search.query import Fuzzy, Level, Near, Phrase, Prefix, Query, Term, Wildcard

# Whether a telling form is accepted.
Accept = Callable[[str], bool]

# Display forms whose result a fuzzy matcher caches, at some 160 bytes each.
CACHED_FORMS: Final = 20_000


@dataclass(frozen=True, slots=True)
class TokenMatcher:
    """A test of tokens by telling form and, where some were typed, by diacritics.

    ``diacritized`` is the diacritized form that a token must be compatible with, or
    ``""``. If ``keys`` is given, ``accepts(form)`` is whether any of ``keys(form)`` is
    one of ``values``, so that one dictionary serves all words of a query that have the
    same function. ``prime`` is told of many forms before they are tested one by one.
    """

    accepts: Accept
    diacritized: str = ""
    keys: Callable[[str], tuple[str, ...]] | None = None
    values: tuple[str, ...] = ()
    prime: Callable[[Iterable[str]], None] | None = None


def match_words(words: tuple[str, ...], level: Level) -> tuple[TokenMatcher, ...]:
    """A matcher for each token of *words* at *level*.

    >>> [matcher] = match_words(("كتاب",), Level.FAMILY)
    >>> matcher.accepts("والكتاب"), matcher.accepts("مكتبة")
    (True, False)
    """
    return tuple(matcher for word in words for matcher in _match_word(word, level))


def _match_word(word: str, level: Level) -> Iterator[TokenMatcher]:
    tokens = analyze(word)
    for at, token in enumerate(tokens):
        is_loose = level in (Level.FAMILY, Level.ROOT)
        if is_loose and is_part_of_name(tokens, at):
            yield _match_any(_surface_of, tuple(sorted(forms_of_part(token.printed))))
        else:
            yield _MATCHERS[level](token.printed, diacritized_form(token.printed))


def match_prefix(text: str, level: Level) -> tuple[TokenMatcher, ...]:
    """Matchers for the words of *text*, the last of them a prefix.

    >>> [family], [exact] = (match_prefix("مكتب", level) for level in
    ...                      (Level.FAMILY, Level.EXACT))
    >>> family.accepts("والمكتبة"), exact.accepts("والمكتبة")
    (True, False)
    """
    words, prefix = split_prefix(text)
    matchers = [_match_exact(surface, "") for surface in words]
    if level is Level.EXACT:
        begins = TokenMatcher(lambda form: cached_fold(form).startswith(prefix))
        return (*matchers, begins)
    behind_proclitics = TokenMatcher(
        lambda form: has_prefix(cached_fold(form), prefix),
        prime=lambda forms: prime_prefix(map(cached_fold, forms), prefix),
    )
    return (*matchers, behind_proclitics)


def match_wildcard(text: str) -> tuple[TokenMatcher, ...]:
    """The matcher for a term with wildcards.

    >>> [matcher] = match_wildcard("مك?ب*")
    >>> matcher.accepts("مكتبة"), matcher.accepts("كتاب")
    (True, False)
    """
    pattern = compile_pattern(fold_pattern(text))
    return (TokenMatcher(lambda form: bool(pattern.fullmatch(cached_fold(form)))),)


def match_fuzzy(text: str, edits: int) -> tuple[TokenMatcher, ...]:
    """Matchers for words at most *edits* away, by surface form or by lemma.

    >>> [matcher] = match_fuzzy("كاضمي", 1)
    >>> matcher.accepts("الكاظمي"), matcher.accepts("كاتب")
    (True, False)
    """
    return tuple(_match_near(surface, edits) for surface in surfaces(text))


def _match_letters(printed: str, diacritized: str) -> TokenMatcher:
    wanted = display_form(printed)
    return TokenMatcher(
        lambda form: display_form(form) == wanted, diacritized, _display, (wanted,)
    )


def _match_exact(printed: str, diacritized: str) -> TokenMatcher:
    [surface] = surfaces(printed)
    return TokenMatcher(
        lambda form: cached_fold(form) == surface, diacritized, _surface_of, (surface,)
    )


def _match_family(printed: str, _diacritized: str) -> TokenMatcher:
    lemmas = asked_lemmas(printed)
    asks_itself = any(lemma.endswith(ITSELF) for lemma in lemmas)
    return _match_any(_lemmas_and_itself if asks_itself else _lemmas_of, lemmas)


def _match_root(printed: str, _diacritized: str) -> TokenMatcher:
    roots = asked_roots(printed)
    asks_itself = any(root.endswith(ITSELF) for root in roots)
    return _match_any(_roots_and_itself if asks_itself else _roots_of, roots)


def _match_any(
    keys: Callable[[str], tuple[str, ...]], values: tuple[str, ...]
) -> TokenMatcher:
    wanted = frozenset(values)
    return TokenMatcher(
        lambda form: not wanted.isdisjoint(keys(form)), "", keys, values, prime
    )


def _display(form: str) -> tuple[str, ...]:
    return (display_form(form),)


def _surface_of(form: str) -> tuple[str, ...]:
    return (cached_fold(form),)


def _lemmas_of(form: str) -> tuple[str, ...]:
    return family(form).lemmas


def _lemmas_and_itself(form: str) -> tuple[str, ...]:
    return (*family(form).lemmas, cached_fold(form) + ITSELF)


def _roots_and_itself(form: str) -> tuple[str, ...]:
    return (*family(form).roots, cached_fold(form) + ITSELF)


def _roots_of(form: str) -> tuple[str, ...]:
    return family(form).roots


# Level → the matcher of a word as typed, and by its diacritized form.
_MATCHERS: Final[Mapping[Level, Callable[[str, str], TokenMatcher]]] = {
    Level.LETTERS: _match_letters,
    Level.EXACT: _match_exact,
    Level.FAMILY: _match_family,
    Level.ROOT: _match_root,
}


def _match_near(surface: str, edits: int) -> TokenMatcher:
    # Cached, because articles have most of their words in common.
    @lru_cache(CACHED_FORMS)
    def accepts(form: str) -> bool:
        return is_near(form, surface, edits)

    return TokenMatcher(accepts, prime=prime)


def match_leaf(query: Query) -> tuple[TokenMatcher, ...]:
    """The token matchers of a leaf of the query tree; none where it has no words.

    >>> [matcher] = match_leaf(Wildcard("مك?ب*"))
    >>> matcher.accepts("مكتبة")
    True
    """
    matcher = _LEAF_MATCHERS.get(type(query))
    return () if matcher is None else matcher(query)


_LEAF_MATCHERS: Final[dict[type[Query], Callable[[Any], tuple[TokenMatcher, ...]]]] = {
    Term: lambda query: match_words((query.text,), query.level),
    Phrase: lambda query: match_words(query.words, query.level),
    # One occurrence is enough for a word that the query has twice.
    Near: lambda query: match_words(tuple(dict.fromkeys(query.words)), query.level),
    Prefix: lambda query: match_prefix(query.text, query.level),
    Wildcard: lambda query: match_wildcard(query.text),
    Fuzzy: lambda query: match_fuzzy(query.text, query.edits),
}
