"""Prefix matching that sees through proclitics: مكتب* finds والمكتبات."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from search.arabic import letters as l
from search.arabic.analyzer import analyze
from search.arabic.families import prime_starts, proclitics, starts_of
from search.arabic.normalize import fold, fold_prefix

# Prefixes whose beginnings are kept, at some 4 KB each.
CACHED_PREFIXES: Final = 100
# The definite article with the proclitics before it: ال, بال, كال, لل, and each with و
# or ف. After ل the article loses its alef.
DEFINITE_ARTICLES: Final = tuple(
    conjunction + article
    for conjunction in ("", l.WAW, l.FEH)
    for article in (
        l.DEFINITE_ARTICLE,
        l.BEH + l.DEFINITE_ARTICLE,
        l.KAF + l.DEFINITE_ARTICLE,
        l.LAM + l.LAM,
    )
)


def split_prefix(text: str) -> tuple[list[str], str]:
    """The surface forms of all words of *text* but the last, and that one as a prefix.

    The prefix is ``""`` for a text without words.

    >>> split_prefix("دار الكُت"), split_prefix("شيء"), split_prefix("؟")
    ((['دار'], 'الكت'), ([], 'شيء'), ([], ''))
    """
    tokens = analyze(text)
    if not tokens:
        return [], ""
    *before, last = tokens
    words = [token.surface for token in before]
    return words, fold_prefix(last.printed)


def has_prefix(surface: str, prefix: str) -> bool:
    """Whether a surface form begins with *prefix*, before or after its proclitics.

    The proclitics are those that a reading of the form has. A prefix with the article
    matches after other proclitics of the article, too.

    >>> has_prefix("والمكتبات", "مكتبا"), has_prefix("والمكتبات", "المكتبا")
    (True, True)
    >>> has_prefix("والده", "ده"), has_prefix("مكتبه", "تبه")
    (False, False)
    """
    if surface.startswith(prefix):
        return True
    # Few forms have one of them, and the readings of a form cost.
    if not surface.startswith(beginnings(prefix)):
        return False
    starts = starts_of(surface)
    if any(surface.startswith(prefix, start) for start in starts):
        return True
    noun = after_definite_article(prefix)
    return bool(noun) and any(
        surface[:start] in DEFINITE_ARTICLES and surface.startswith(noun, start)
        for start in starts
    )


def prime_prefix(surfaces: Iterable[str], prefix: str) -> None:
    """Find at once what ``has_prefix`` needs to know of *surfaces*."""
    behind = beginnings(prefix)
    prime_starts(
        surface
        for surface in surfaces
        if surface.startswith(behind) and not surface.startswith(prefix)
    )


@lru_cache(CACHED_PREFIXES)
def beginnings(prefix: str) -> tuple[str, ...]:
    """What a surface form begins with that has *prefix* behind proclitics.

    >>> {"والمكتب", "بمكتب"} <= {*beginnings("مكتب")}, "مكتب" in beginnings("مكتب")
    (True, False)
    """
    behind = [proclitic + prefix for proclitic in proclitics()]
    if noun := after_definite_article(prefix):
        behind += [article + noun for article in DEFINITE_ARTICLES]
    return tuple(sorted({*behind} - {prefix}))


def after_definite_article(prefix: str) -> str:
    """*prefix* without its article; ``""`` if it has none or is nothing else.

    >>> after_definite_article("المكتب")
    'مكتب'
    >>> after_definite_article("مكتب"), after_definite_article("ال")
    ('', '')
    """
    if not prefix.startswith(l.DEFINITE_ARTICLE):
        return ""
    return prefix.removeprefix(l.DEFINITE_ARTICLE)


def split_proclitics(printed: str) -> tuple[str, str]:
    """The proclitics of *printed*, ``""`` without any, and the rest of the word.

    Where one reading of the word has none, it is left whole, and where readings have
    different ones, the shortest are set apart.

    >>> split_proclitics("وبالمدرسة"), split_proclitics("للحكومةِ")
    (('وبال', 'مدرسة'), ('لل', 'حكومةِ'))
    >>> split_proclitics("والده"), split_proclitics("وَالْكِتَاب")
    (('', 'والده'), ('وَالْ', 'كِتَاب'))
    """
    surface = fold(printed)
    length = min(starts_of(surface), default=0)
    if not length:
        return "", printed
    wanted = surface[:length]
    for end in range(1, len(printed)):
        if fold(printed[:end]) == wanted and not unicodedata.combining(printed[end]):
            return printed[:end], printed[end:]
    return "", printed
