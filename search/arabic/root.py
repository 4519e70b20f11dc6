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

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Final

from search.arabic import letters as l
from search.arabic.known_roots import KNOWN_ROOTS
from search.arabic.measures import ASSIMILATED, iter_measures
from search.arabic.root_exceptions import NAMED_OTHERWISE, PREFERRED, ROOT_OF, ROOTLESS

SHORTEST_ROOTED: Final = 2
# سيستخدم with a letter to spare.
LONGEST_ROOTED: Final = 9
# فقال: the stemmer leaves this proclitic on.
SHORTEST_AFTER_FEH: Final = 3

# What a letter in the place of a radical may stand for, the commoner first: قال for
# قول, قائل likewise, إيجاد for وجد, أمر for ءمر, دعاء for دعو.
_FIRST: Final = {l.ALEF: "ء", l.YEH: "يو"}
_MIDDLE: Final = {l.ALEF: "ويء", l.HAMZA: "ءوي", l.YEH: "يو"}
_LAST: Final = {l.ALEF: "ويء", l.HAMZA: "ءوي", l.YEH: "يوء"}
# What a radical that is not written may be: the first of صلة; the last of قاضٍ, or
# that of امتحان, which the stemmer took for part of an ending.
_LOST_FIRST: Final = l.WAW
_LOST_LAST: Final = "ويءن"
_RADICALS: Final = "فعل"
_ABSENT: Final = -1


@dataclass(frozen=True, slots=True)
class _Measure:
    """Where a measure has letters of its own, and which; where radicals, or absent."""

    own: itemgetter[int] | None
    letters: str | tuple[str, ...]
    first: int
    middle: int
    last: int
    fourth: int
    # The only first radicals after which a letter of the measure has changed.
    after: str


def root(stem: str) -> str:
    """The root of a light *stem*, or *stem* itself where none can be told.

    *stem* must come from ``stem.stem``. Idempotent, and never empty.

    >>> root("كتاب"), root("مكتوب"), root("مقال"), root("اتصال"), root("ازدهار")
    ('كتب', 'كتب', 'قول', 'وصل', 'زهر')
    >>> root("بيروت"), root("من"), root("book")
    ('بيروت', 'من', 'book')
    """
    if not SHORTEST_ROOTED <= len(stem) <= LONGEST_ROOTED or stem.isascii():
        return stem
    found = _find(stem)
    if not found and stem[0] == l.FEH and len(stem) > SHORTEST_AFTER_FEH:
        rest = stem[1:]
        found = "" if rest in ROOTLESS else _find(rest)
    return NAMED_OTHERWISE.get(found, found) if found != stem and found else stem


def _find(stem: str) -> str:
    """The root of *stem* by the first measure that gives one; empty where none does."""
    if stem in ROOTLESS or stem in KNOWN_ROOTS:
        return stem
    if stem in ROOT_OF:
        return ROOT_OF[stem]
    for measure in _measures_by_length().get(len(stem), ()):
        if measure.own is None or measure.own(stem) == measure.letters:
            found = _radicals(measure, stem)
            if found:
                return found
    return ""


def _radicals(measure: _Measure, stem: str) -> str:
    """The known root that *measure* leaves of *stem*; empty where there is none."""
    middle = stem[measure.middle]
    if measure.first == _ABSENT:
        firsts = _LOST_FIRST
    else:
        first = stem[measure.first]
        if measure.after and first not in measure.after:
            return ""
        firsts = _FIRST.get(first, first)
    if measure.last == _ABSENT:
        return _choose(firsts, _MIDDLE.get(middle, middle), middle + _LOST_LAST)
    last = stem[measure.last]
    if measure.fourth == _ABSENT:
        return _choose(firsts, _MIDDLE.get(middle, middle), _LAST.get(last, last))
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
def _measures_by_length() -> dict[int, tuple[_Measure, ...]]:
    spelled: dict[int, list[str]] = {}
    for measure in dict.fromkeys(iter_measures()):
        spelled.setdefault(len(measure), []).append(measure)
    return {size: tuple(map(_compile, found)) for size, found in spelled.items()}


def _compile(measure: str) -> _Measure:
    places = [at for at, letter in enumerate(measure) if letter not in _RADICALS]
    own = itemgetter(*places) if places else None
    first, middle, last = map(measure.find, _RADICALS)
    changed = measure[first + 1] if first != _ABSENT else ""
    return _Measure(
        own=own,
        letters=own(measure) if own else "",
        first=first,
        middle=middle,
        last=last,
        fourth=measure.find(_RADICALS[2], last + 1) if last != _ABSENT else _ABSENT,
        after=ASSIMILATED.get(changed, ""),
    )
