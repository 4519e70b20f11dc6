"""Proclitics of a printed word, apart from what they are joined with."""

from __future__ import annotations

import unicodedata

from search.arabic.families import starts_of
from search.arabic.normalize import fold


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
