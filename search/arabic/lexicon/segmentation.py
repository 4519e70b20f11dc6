"""Cutting forms: every stem of the lexicon that a form may have, with its clitics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from search.arabic.lexicon.clitics import Clitic
from search.arabic.lexicon.packing import CODES, LONGEST, Array, PackedForms, pack

_LAM = np.uint64(CODES["ل"])


class Cuts(NamedTuple):
    """Ways to cut some forms: parallel arrays int64[n].

    ``forms`` is the number of the form, ``stems`` of the stem among the keys,
    ``attachments`` that of the classes of the clitics, ``starts`` the letters before
    the stem.
    """

    forms: Array
    stems: Array
    attachments: Array
    starts: Array


class _Clitics:
    """The clitics of one side by their letters: the number of the classes of each."""

    def __init__(
        self, clitics: Iterable[Clitic], class_sets: Sequence[tuple[str, ...]]
    ) -> None:
        by_key = sorted(
            (pack(clitic.letters) or 0, class_sets.index(clitic.classes))
            for clitic in clitics
        )
        self.keys = np.array([key for key, _set in by_key], np.uint64)
        self.sets = np.array([number for _key, number in by_key], np.int64)
        self.longest = max(len(clitic.letters) for clitic in clitics)

    def find(self, keys: Array) -> Array:
        """The number of the classes of the clitic with each key, or -1: int64[n]."""
        at = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
        return np.where(self.keys[at] == keys, self.sets[at], -1)


class Segmenter:
    """Cuts forms at the clitics that the lexicon has, where it has the stem.

    *keys* are the packed stems: uint64[n], ascending. Attachments are numbered
    ``proclitic classes * len(enclitic_sets) + enclitic classes``.
    """

    def __init__(
        self, keys: Array, proclitics: Sequence[Clitic], enclitics: Sequence[Clitic]
    ) -> None:
        self.keys = keys
        self.proclitic_sets = sorted({clitic.classes for clitic in proclitics})
        self.enclitic_sets = sorted({clitic.classes for clitic in enclitics})
        self._before = _Clitics(
            [each for each in proclitics if not each.before_lam], self.proclitic_sets
        )
        self._before_lam = _Clitics(
            [each for each in proclitics if each.before_lam], self.proclitic_sets
        )
        self._after = _Clitics(enclitics, self.enclitic_sets)
        [none] = [clitic.classes for clitic in enclitics if not clitic.letters]
        self._no_enclitic = self.enclitic_sets.index(none)

    def cut(self, packed: PackedForms) -> Cuts:
        """All ways to cut the *packed* forms, in no particular order."""
        if not packed.lengths.any():
            none = np.zeros(0, np.int64)
            return Cuts(none, none, none, none)
        every = np.arange(packed.lengths.size)
        proclitics = [
            (start, *sides)
            for start in range(min(self._before.longest + 1, int(packed.lengths.max())))
            for sides in self._find_before(packed, every, start)
        ]
        parts = []
        for end in range(self._after.longest + 1):
            rows = np.flatnonzero(packed.lengths > end)
            lengths = packed.lengths[rows]
            enclitics = np.full(packed.lengths.size, -1)
            tails = _ends(packed, rows, lengths - end, lengths)
            enclitics[rows] = self._after.find(tails)
            if (enclitics < 0).all():
                continue
            for start, sets in proclitics:
                parts.append(_candidates(packed, start, end, sets, enclitics))
        return self._look_up(parts)

    def has_enclitic(self, attachments: Array) -> Array:
        """Whether there is an enclitic in each of *attachments*: bool[n]."""
        has_enclitic: Array = attachments % len(self.enclitic_sets) != self._no_enclitic
        return has_enclitic

    def _find_before(
        self, packed: PackedForms, every: Array, start: int
    ) -> Iterable[tuple[Array]]:
        """The classes of the first *start* letters of each form, or -1."""
        keys = packed.parts(every, 0, np.full(every.size, start))
        yield (self._before.find(keys),)
        follows = packed.codes[:, start] == _LAM
        if start and follows.any():
            yield (np.where(follows, self._before_lam.find(keys), -1),)

    def _look_up(self, parts: Sequence[tuple[Array, ...]]) -> Cuts:
        """The candidates whose stem is in the lexicon."""
        forms, keys, before, after, starts = (
            np.concatenate(each) for each in zip(*parts, strict=True)
        )
        at = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
        found = self.keys[at] == keys
        attachments = before * len(self.enclitic_sets) + after
        return Cuts(forms[found], at[found], attachments[found], starts[found])


def _ends(packed: PackedForms, rows: Array, starts: Array, stops: Array) -> Array:
    """The numbers of the last letters of forms, which are equally many: uint64[n]."""
    numbers = np.zeros(rows.size, np.uint64)
    count = int((stops - starts)[0]) if rows.size else 0
    for at in range(count):
        codes = packed.codes[rows, starts + at]
        numbers = (numbers << np.uint64(5)) + codes
    return numbers


def _candidates(
    packed: PackedForms, start: int, end: int, before: Array, after: Array
) -> tuple[Array, ...]:
    """The forms that have these clitics around a stem of a length that there is."""
    lengths = packed.lengths - start - end
    rows = np.flatnonzero(
        (before >= 0) & (after >= 0) & (lengths > 0) & (lengths <= LONGEST)
    )
    keys = packed.parts(rows, start, packed.lengths[rows] - end)
    starts = np.full(rows.size, start)
    return rows, keys, before[rows], after[rows], starts
