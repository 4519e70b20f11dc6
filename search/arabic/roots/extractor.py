"""The root of a word family: what كتاب, مكتبة and كاتب share.

Public: `root`.

A light stem is compared with the measures of Arabic word formation (awzan), written
with ف ع ل for the radicals; what stands in their place is the root where it is one
that we know (``known_roots.py``). The first measure of the table that gives such a
root wins. What no measure explains keeps its stem: a wrong root finds what nobody
asked for, a missing one only finds less.

Roots are spelled with ء for every hamza and with the و or ي of the dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Final

from search.arabic import letters as l
from search.arabic.roots.awzan import AFTER_FEH, ASSIMILATED, TRUNCATED, iter_awzan
from search.arabic.roots.exceptions import HOMOGRAPH_ROOTS, PREFERRED, ROOT_OF, ROOTLESS
from search.arabic.roots.known_roots import KNOWN_ROOTS

SHORTEST_ROOTED: Final = 2
# سيستخدمت with a letter to spare.
LONGEST_ROOTED: Final = 9
# كتبت, منطقتين: the stemmer leaves this ending on.
SHORTEST_WITH_TEH: Final = 3

_Readings = Mapping[str, str]
_Letters = Callable[[str], str | tuple[str, ...]]
# What a letter in the place of a radical may stand for, the commoner first: أمر for
# ءمر, قال for قول and قائل likewise, دعاء for دعو.
_FIRST: Final = {l.ALEF: "ء"}
_MIDDLE: Final = {l.ALEF: "ويء", l.HAMZA: "ءوي", l.YEH: "يو"}
_LAST: Final = {l.ALEF: "ويء", l.HAMZA: "ءوي", l.YEH: "يوء", l.WAW: "ويء"}
# Behind a letter of the measure: إيجاد for وجد.
_FIRST_INSIDE: Final = {l.ALEF: "ء", l.YEH: "يو"}
# Without any letter of a measure a yeh is taken as it stands: سيد, فيل.
_MIDDLE_ALONE: Final = {l.ALEF: "ويء", l.HAMZA: "ءوي"}
# Before a long vowel there is no alef for a weak radical: مفاوض is no مفعول.
_MIDDLE_BEFORE_VOWEL: Final = {l.HAMZA: "ءوي", l.YEH: "يو"}
# What a radical that is not written may be: the first of صلة, the last of قاضٍ and
# that of امتحان, which the stemmer took for an ending.
_LOST_FIRST: Final = l.WAW
_LOST_LAST: Final = "ويء"
_CUT_OFF: Final = "ويءنه"
_RADICALS: Final = "فعل"
_ABSENT: Final = -1


@dataclass(frozen=True, slots=True)
class _Measure:
    """Where a measure has letters of its own, and which; where radicals, or absent."""

    own: _Letters | None
    letters: str | tuple[str, ...]
    first: int
    middle: int
    last: int
    fourth: int
    first_readings: _Readings
    middle_readings: _Readings
    lost: str
    # The only first radicals after which a letter of the measure has changed.
    after: str


# Measures of one length by the first letter of the stems that may have them; the empty
# letter stands for those that begin no measure.
_Table = Mapping[str, tuple[_Measure, ...]]


def root(stem: str) -> str:
    """The root of a light *stem*, or *stem* itself where none can be told.

    *stem* must come from ``stem.stem``. Idempotent; what is no Arabic stays.

    >>> root("كتاب"), root("مكتوب"), root("مقال"), root("اتصال"), root("ازدهار")
    ('كتب', 'كتب', 'قول', 'وصل', 'زهر')
    >>> root("بيروت"), root("من"), root("book")
    ('بيروت', 'من', 'book')
    """
    if not SHORTEST_ROOTED <= len(stem) <= LONGEST_ROOTED or stem.isascii():
        return stem
    found = stem if stem in ROOTLESS else _find(stem)
    if not found and stem[-1] == l.TEH and len(stem) >= SHORTEST_WITH_TEH:
        rest = stem[:-1]
        found = "" if rest in ROOTLESS else _find(rest)
    if not found and stem[0] == l.FEH:
        rest = stem[1:].removesuffix(l.TEH)
        found = "" if rest in ROOTLESS else _fit(rest, _narrated)
    return HOMOGRAPH_ROOTS.get(found, found) if found and found != stem else stem


def _find(stem: str) -> str:
    """The root of *stem* by our tables; empty where they have none."""
    if stem in KNOWN_ROOTS:
        return stem
    return ROOT_OF.get(stem) or _fit(stem, _measures)


def _fit(stem: str, find_table: Callable[[int], _Table]) -> str:
    """The root by the first measure that gives one; empty where none does."""
    table = find_table(len(stem))
    for measure in table.get(stem[:1]) or table[""]:
        if measure.own is None or measure.own(stem) == measure.letters:
            found = _take_radicals(measure, stem)
            if found:
                return found
    return ""


def _take_radicals(measure: _Measure, stem: str) -> str:
    """The known root that *measure* leaves of *stem*; empty where there is none."""
    firsts = _LOST_FIRST
    if measure.first != _ABSENT:
        first = stem[measure.first]
        if measure.after and first not in measure.after:
            return ""
        firsts = measure.first_readings.get(first, first)
    middle = stem[measure.middle]
    middles = measure.middle_readings.get(middle, middle)
    if measure.last == _ABSENT:
        return _choose(firsts, middles, middle + measure.lost)
    last = stem[measure.last]
    if measure.fourth == _ABSENT:
        return _choose(firsts, middles, _LAST.get(last, last))
    return _choose(firsts, middle, (last + stem[measure.fourth],))


def _choose(firsts: str, middles: str, lasts: Iterable[str]) -> str:
    """A known root of these letters: a preferred one, or else the first."""
    chosen = ""
    for last in lasts:
        for middle in middles:
            for first in firsts:
                found = first + middle + last
                if found in PREFERRED:
                    return found
                if not chosen and found in KNOWN_ROOTS:
                    chosen = found
    return chosen


@cache
def _measures(size: int) -> _Table:
    return _tabulate(measure for measure in _written() if len(measure) == size)


@cache
def _written() -> tuple[str, ...]:
    return tuple(dict.fromkeys(iter_awzan()))


@cache
def _narrated(size: int) -> _Table:
    return _tabulate(measure for measure in AFTER_FEH if len(measure) == size)


def _tabulate(measures: Iterable[str]) -> _Table:
    """The measures that a stem may have, all of one length, by its first letter.

    Those of one length are compiled when a stem first asks for them: the first search
    of a process need not wait for all.
    """
    measures = tuple(measures)
    letters = {measure[0] for measure in measures} - set(_RADICALS) | {""}
    return {
        letter: tuple(
            _compile(measure)
            for measure in measures
            if measure[0] in {letter, *_RADICALS}
        )
        for letter in letters
    }


@cache
def _compile(measure: str) -> _Measure:
    places = [at for at, letter in enumerate(measure) if letter not in _RADICALS]
    own: _Letters | None = itemgetter(*places) if places else None
    first, middle, last = map(measure.find, _RADICALS)
    return _Measure(
        own=own,
        letters=own(measure) if own else "",
        first=first,
        middle=middle,
        last=last,
        fourth=measure.find(_RADICALS[2], last + 1) if last != _ABSENT else _ABSENT,
        first_readings=_FIRST_INSIDE if first > 0 else _FIRST,
        middle_readings=_read_middle(measure, middle),
        lost=_CUT_OFF if measure in TRUNCATED else _LOST_LAST,
        after=ASSIMILATED.get(measure[first + 1], "") if first != _ABSENT else "",
    )


def _read_middle(measure: str, middle: int) -> _Readings:
    if measure[middle + 1 : middle + 2] == _RADICALS[2]:
        return _MIDDLE if set(measure) - set(_RADICALS) else _MIDDLE_ALONE
    return _MIDDLE_BEFORE_VOWEL
