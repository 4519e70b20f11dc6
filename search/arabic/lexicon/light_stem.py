"""The light stem of a word: what is left of it without its commonest affixes.

It needs no lexicon, and joins what a lexicon tells apart, البرتغال and برتغالي: too
loose to find by, it helps to rank what was found. The stem is that of light10 (Larkey,
Ballesteros and Connell, Light stemming for Arabic information retrieval, 2007) as
Lucene has it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from search.arabic.letters import WAW

# Stems whose forms are cached, at some 20,000 bytes each.
CACHED_STEMS: Final = 500
_PROCLITICS: Final = ("ال", "وال", "بال", "كال", "فال", "لل", "و")
_SUFFIXES: Final = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
# What stands before and after a stem, some of it several affixes: ته of ة and ه.
_BEFORE: Final = ("", *_PROCLITICS, "ب", "ل")
_AFTER: Final = (
    *("", *_SUFFIXES, "هم", "ا", "نا", "يا", "يون", "يين", "يات", "ته", "تها", "تهم"),
)
# Letters that must remain; more after و, which is often a letter of the stem.
_SHORTEST: Final = 2
_SHORTEST_WITHOUT_WAW: Final = 3


def light_stem(surface: str) -> str:
    """The light stem of a *surface* form: one proclitic comes off, each suffix once.

    >>> light_stem("والكتاب"), light_stem("كتابها"), light_stem("وبالكتاب")
    ('كتاب', 'كتاب', 'بالكتاب')
    >>> light_stem("ورد"), light_stem("عراقيون") == light_stem("العراق")
    ('ورد', True)
    """
    for proclitic in _PROCLITICS:
        remaining = len(surface) - len(proclitic)
        shortest = _SHORTEST_WITHOUT_WAW if proclitic == WAW else _SHORTEST
        if surface.startswith(proclitic) and remaining >= shortest:
            surface = surface[len(proclitic) :]
            break
    for suffix in _SUFFIXES:
        if surface.endswith(suffix) and len(surface) - len(suffix) >= _SHORTEST:
            surface = surface[: -len(suffix)]
    return surface


@lru_cache(CACHED_STEMS)
def forms_of_stem(stem: str) -> tuple[str, ...]:
    """The surface forms that are *stem* with common affixes, sorted.

    >>> {"العراقيه", "عراقيون", "عراقيين"} <= {*forms_of_stem(light_stem("العراق"))}
    True
    """
    return tuple(
        sorted(before + stem + after for before in _BEFORE for after in _AFTER)
    )
