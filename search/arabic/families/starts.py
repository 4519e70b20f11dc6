"""The proclitics of a form: how many of its first letters may be none of the word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.arabic.families.form_cache import FormCache, lexicon
from search.arabic.lexicon.unknown import base_of_unknown


def _find_starts(surfaces: Sequence[str]) -> list[frozenset[int]]:
    starts = []
    for surface, found in zip(surfaces, lexicon().starts(surfaces), strict=True):
        base = base_of_unknown(surface)
        starts.append(frozenset(found or {max(surface.find(base), 0)}))
    return starts


_starts = FormCache(_find_starts)


def starts_of(surface: str) -> frozenset[int]:
    """How many letters of proclitics a surface form may have, cached.

    >>> sorted(starts_of("والكتاب")), sorted(starts_of("والده"))
    ([3], [0])
    """
    return _starts[surface]


def prime_starts(surfaces: Iterable[str]) -> None:
    """Find the starts of *surfaces* at once, which is faster than one by one."""
    _starts.prime(surfaces)


def proclitics() -> frozenset[str]:
    """All proclitics that a form may have, alone and joined."""
    return lexicon().proclitics
