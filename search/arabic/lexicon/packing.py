"""Surface forms as numbers: five bits a letter, so that arrays can be searched.

A form of at most twelve letters is one number, and so is every part of a longer form
that is not longer than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

# The letters that folding leaves (see ``normalize.fold``), in alphabetical order.
LETTERS: Final = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
BITS: Final = 5
# Twelve letters take 60 bits of 64.
LONGEST: Final = 12
# Letters of the longest form that is analyzed: a stem with the longest clitics.
WIDEST: Final = 20
CODES: Final = {letter: code for code, letter in enumerate(LETTERS, 1)}
_NOTHING: Final = "\0"
_TOO_LONG: Final = " " * WIDEST
# The code of each character up to the last letter, and behind it that of all others.
_UNKNOWN: Final = 255
_CODE_OF: Final = np.full(ord(max(LETTERS)) + 2, _UNKNOWN, np.uint8)
_CODE_OF[list(map(ord, CODES))] = list(CODES.values())
_CODE_OF[ord(_NOTHING)] = 0


def pack(form: str) -> int | None:
    """The number of *form*; None if it is too long or has other letters.

    >>> pack("اب"), pack("كتاب") == pack("كتب"), pack("p")
    (67, False, None)
    """
    if len(form) > LONGEST:
        return None
    number = 0
    for letter in form:
        code = CODES.get(letter)
        if code is None:
            return None
        number = number << BITS | code
    return number


def unpack(number: int) -> str:
    """The form of a *number*.

    >>> unpack(pack("كتاب"))
    'كتاب'
    """
    letters = []
    while number:
        number, code = number >> BITS, number & (1 << BITS) - 1
        letters.append(LETTERS[code - 1])
    return "".join(reversed(letters))


def letter_codes(forms: Sequence[str]) -> tuple[Array, Array]:
    """The codes of the letters of *forms*, and the length of each.

    The codes are uint64[n, WIDEST], 0 behind the last letter; the lengths int64[n]. A
    form that is too long or has other letters has the length 0.
    """
    text = "".join(
        [
            form.ljust(WIDEST, _NOTHING) if len(form) <= WIDEST else _TOO_LONG
            for form in forms
        ]
    )
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _CODE_OF[np.minimum(letters, _CODE_OF.size - 1)].reshape(-1, WIDEST)
    is_packed = (codes != _UNKNOWN).all(axis=1)
    codes[~is_packed] = 0
    return codes.astype(np.uint64), np.count_nonzero(codes, axis=1)


class PackedForms:
    """The numbers of all parts of some forms: see ``parts``."""

    def __init__(self, codes: Array, lengths: Array) -> None:
        self.codes, self.lengths = codes, lengths
        # Of each form its first letters; a number overflows where they are more than
        # twelve, which the subtraction in ``parts`` undoes.
        self._first = np.zeros((lengths.size, WIDEST + 1), np.uint64)
        for at in range(int(lengths.max(initial=0))):
            self._first[:, at + 1] = (self._first[:, at] << np.uint64(BITS)) + codes[
                :, at
            ]

    @classmethod
    def of(cls, forms: Sequence[str]) -> PackedForms:
        """The numbers of all parts of *forms*."""
        return cls(*letter_codes(forms))

    def take(self, rows: Array) -> PackedForms:
        """The numbers of the forms in these *rows*."""
        return PackedForms(self.codes[rows], self.lengths[rows])

    def whole(self) -> Array:
        """The number of each form, 0 where it is too long or not packed: uint64[n]."""
        short = np.flatnonzero(self.lengths <= LONGEST)
        numbers = np.zeros(self.lengths.size, np.uint64)
        numbers[short] = self._first[short, self.lengths[short]]
        return numbers

    def parts(self, rows: Array, start: int, stops: Array) -> Array:
        """The numbers of the letters from *start* to *stops* of some forms: uint64[n].

        No part may have more than ``LONGEST`` letters.
        """
        shift = (BITS * (stops - start)).astype(np.uint64)
        ends = self._first[rows, stops]
        parts: Array = ends - (self._first[rows, start] << shift)
        return parts
