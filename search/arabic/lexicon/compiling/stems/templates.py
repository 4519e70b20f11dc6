"""Templates of stems: the letters of a pattern, with places for radicals."""

from __future__ import annotations

from typing import Final

import numpy as np
from farahidi.normalize import word_from_root_and_pattern

from search.arabic.diacritics import without_diacritics
from search.arabic.lexicon.compiling.source import fold_stem
from search.arabic.lexicon.packing import CODES, Array
from search.arabic.lexicon.printed import seats_of

_RADICALS: Final = "فعل"
_HAMZAS: Final = frozenset("ءأإؤئآ")
# Marks for the radicals of a shape that join the next letter, and that do not.
_JOINED: Final = "①②③④⑤"
_APART: Final = "⑴⑵⑶⑷⑸"
_NOT_JOINED: Final = "دذرز"
_KEPT: Final = frozenset("ءأإؤئآاوي")
# A pattern of four radicals has ل twice.
_THIRD: Final = -3


def choose_templates(
    letters: list[str], patterns: list[str], roots: Array, of: Array, length: int
) -> tuple[Array, Array, Array]:
    """Templates of stems, int64[n_templates, width], and that of each root and pattern.

    Between them the seats of the stems of each template: ``printed.seats_of``.

    Only the shape of a root decides where a hamza is written, and how: there are few.
    """
    shapes = [_shape(root) for root in letters]
    distinct = list(dict.fromkeys(shapes))
    at = {shape: number for number, shape in enumerate(distinct)}
    of_root = np.array([at[shape] for shape in shapes])[roots]
    # Where there is no hamza, all roots of a length have one shape.
    plain = np.array(
        [at.setdefault(_JOINED[: len(each)], len(at)) for each in distinct]
    )
    distinct = list(at)
    has_hamza = np.array([bool(_HAMZAS & {*shape}) for shape in distinct])[of_root]
    has_hamza |= np.array([bool(_HAMZAS & {*each}) for each in patterns])[of]
    of_root = np.where(has_hamza, of_root, plain[of_root])
    pairs, chosen = np.unique(of * len(distinct) + of_root, return_inverse=True)
    written = [
        _template(patterns[pair // len(distinct)], distinct[pair % len(distinct)])
        for pair in pairs.tolist()
    ]
    width = max(len(template) for template, _seat in written)
    padded = [template + [0] * (width - len(template)) for template, _seat in written]
    seats = np.array([seat for _template, seat in written], np.uint8)
    return np.array(padded), seats, chosen


def _shape(root: str) -> str:
    """*root* with a mark for most of its radicals, which tells where each stands.

    What decides about the seat of a hamza stays: hamza, و and ي, and whether a radical
    joins the letter after it.

    >>> _shape("كتب"), _shape("قرء"), _shape("قول")
    ('①②③', '①⑵ء', '①و③')
    """
    return "".join(
        letter
        if letter in _KEPT
        else (_APART[at] if letter in _NOT_JOINED else _JOINED[at])
        for at, letter in enumerate(root)
    )


def _template(pattern: str, shape: str) -> tuple[list[int], int]:
    """The codes of the letters of a stem, and its seats.

    -1, -2 … stand for the radicals.

    >>> _template("فَعَّال", "①②③"), _template("فُعَال", "①ء③")
    (([-1, -2, 2, -3], 32), ([-1, 1, 2, -3], 32))
    >>> _template("أَفْعَال", "①②③")
    ([2, -1, -2, 2, -3], 34)
    """
    if not _HAMZAS & {*pattern, *shape}:
        # The package does nothing but put letters in their place here.
        return _plain_template(pattern, len(shape)), seats_of(
            without_diacritics(pattern)
        )
    # Letters that the pattern has not stand for the radicals that join no other.
    free = iter(letter for letter in _NOT_JOINED if letter not in pattern)
    standing = {mark: next(free, mark) for mark in shape if mark in _APART}
    written = "".join(standing.get(mark, mark) for mark in shape)
    slots = {mark: -1 - at for at, mark in enumerate(_JOINED)}
    slots |= {letter: -1 - _APART.index(mark) for mark, letter in standing.items()}
    # Without the marks, which folding would take for digits.
    stem = without_diacritics(word_from_root_and_pattern(written, pattern))
    template = [slots[letter] if letter in slots else _code(letter) for letter in stem]
    return template, seats_of(stem)


def _code(letter: str) -> int:
    """The code of a letter of a pattern, as it is folded."""
    code = CODES.get(letter)
    return code if code else CODES[fold_stem(letter)]


def _plain_template(pattern: str, radicals: int) -> list[int]:
    template, thirds = [], 0
    for letter in without_diacritics(pattern):
        if letter == _RADICALS[2]:
            template.append(_THIRD - min(thirds, radicals - 3))
            thirds += 1
        elif letter in _RADICALS:
            template.append(-1 - _RADICALS.index(letter))
        else:
            template.append(_code(letter))
    return template
