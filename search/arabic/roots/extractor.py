"""Root extraction: the root that كتاب, مكتبة and كاتب share.

A light stem is compared with the awzan of Arabic (``awzan.py``), patterns written with
ف ع ل for the radicals. The letters in their place are the root if it is a known one
(``known_roots.py``); the first wazn that gives a known root wins. A stem that no wazn
explains keeps its stem: a wrong root finds what nobody asked for, a missing one only
finds less.

Roots are spelled with ء for every hamza and with the و or ي of the dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import Final

from search.arabic import letters as l
from search.arabic.roots.awzan import AFTER_FEH, ASSIMILATED, TRUNCATED, iter_awzan
from search.arabic.roots.exceptions import HOMOGRAPH_ROOTS, PREFERRED, ROOT_OF, ROOTLESS
from search.arabic.roots.known_roots import KNOWN_ROOTS

# Lengths of stems whose tables of awzan are cached; longer stems have no awzan.
_CACHED_LENGTHS: Final = 32
_SHORTEST: Final = 2
# سيستخدمت with a letter to spare.
_LONGEST: Final = 9
# كتبت, منطقتين: the stemmer does not cut this suffix.
_SHORTEST_WITH_TEH: Final = 3

# Letter → the radicals that it may stand for, the commoner first; a letter that is
# missing stands for itself. أمر is of ءمر, قال and قائل are of قول, دعاء is of دعو.
_Readings = Mapping[str, str]
_FIRST: Final = {l.ALEF: "ء"}
_MIDDLE: Final = {l.ALEF: "ويء", l.HAMZA: "ءوي", l.YEH: "يو"}
_LAST: Final = {l.ALEF: "ويء", l.HAMZA: "ءوي", l.YEH: "يوء", l.WAW: "ويء"}
# After a letter of the wazn: إيجاد is of وجد.
_FIRST_INSIDE: Final = {l.ALEF: "ء", l.YEH: "يو"}
# In a wazn of radicals only, a yeh is taken as it stands: سيد, فيل.
_MIDDLE_ALONE: Final = {l.ALEF: "ويء", l.HAMZA: "ءوي"}
# Before a long vowel no alef stands for a weak radical: مفاوض is no مفعول.
_MIDDLE_BEFORE_VOWEL: Final = {l.HAMZA: "ءوي", l.YEH: "يو"}
# The radicals that may be missing: the first of صلة, the last of قاضٍ, and the last of
# امتحان, which the stemmer cut as part of a suffix.
_LOST_FIRST: Final = l.WAW
_LOST_LAST: Final = "ويء"
_TRUNCATED_LAST: Final = "ويءنه"
_RADICALS: Final = "فعل"
_ABSENT: Final = -1

# Picks some letters of a stem, as ``operator.itemgetter`` does.
_Getter = Callable[[str], str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Wazn:
    """A compiled wazn: the offsets of its radicals, -1 if absent, and its own letters.

    ``get_own`` picks from a stem the letters that must be ``own``. ``lost`` is the
    radicals that an absent last one may be.
    """

    get_own: _Getter | None
    own: str | tuple[str, ...]
    first: int
    middle: int
    last: int
    fourth: int
    first_readings: _Readings
    middle_readings: _Readings
    lost: str
    # The only first radicals that the wazn is for; "" for any.
    first_radicals: str


# The awzan of one length by first letter; "" for stems with another first letter.
_Table = Mapping[str, tuple[_Wazn, ...]]


def root(stem: str) -> str:
    """The root of a light *stem*, or *stem* itself where none is found.

    *stem* must come from ``stem.stem``. Names, function words and words in other
    scripts stay unchanged. Idempotent.

    >>> root("كتاب"), root("مكتوب"), root("مقال"), root("اتصال"), root("ازدهار")
    ('كتب', 'كتب', 'قول', 'وصل', 'زهر')
    >>> root("بيروت"), root("من"), root("book")
    ('بيروت', 'من', 'book')
    """
    if not _SHORTEST <= len(stem) <= _LONGEST or stem.isascii():
        return stem
    found = stem if stem in ROOTLESS else _find(stem)
    if not found and stem[-1] == l.TEH and len(stem) >= _SHORTEST_WITH_TEH:
        rest = stem[:-1]
        found = "" if rest in ROOTLESS else _find(rest)
    if not found and stem[0] == l.FEH:
        rest = stem[1:].removesuffix(l.TEH)
        found = "" if rest in ROOTLESS else _match(rest, _awzan_after_feh)
    return HOMOGRAPH_ROOTS.get(found, found) if found and found != stem else stem


def _find(stem: str) -> str:
    """The root of *stem* by table or wazn; ``""`` if there is none."""
    if stem in KNOWN_ROOTS:
        return stem
    return ROOT_OF.get(stem) or _match(stem, _awzan)


def _match(stem: str, find_table: Callable[[int], _Table]) -> str:
    """The root by the first wazn that gives a known one; ``""`` if none does."""
    table = find_table(len(stem))
    for wazn in table.get(stem[:1]) or table[""]:
        if wazn.get_own is None or wazn.get_own(stem) == wazn.own:
            found = _read_radicals(wazn, stem)
            if found:
                return found
    return ""


def _read_radicals(wazn: _Wazn, stem: str) -> str:
    """The known root that the radicals of *stem* make; ``""`` if there is none."""
    firsts = _LOST_FIRST
    if wazn.first != _ABSENT:
        first = stem[wazn.first]
        if wazn.first_radicals and first not in wazn.first_radicals:
            return ""
        firsts = wazn.first_readings.get(first, first)
    middle = stem[wazn.middle]
    middles = wazn.middle_readings.get(middle, middle)
    if wazn.last == _ABSENT:
        return _choose(firsts, middles, middle + wazn.lost)
    last = stem[wazn.last]
    if wazn.fourth == _ABSENT:
        return _choose(firsts, middles, _LAST.get(last, last))
    return _choose(firsts, middle, (last + stem[wazn.fourth],))


def _choose(firsts: str, middles: str, lasts: Iterable[str]) -> str:
    """A known root of these radicals: the first preferred one, or else the first."""
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


@lru_cache(_CACHED_LENGTHS)
def _awzan(length: int) -> _Table:
    return _tabulate(wazn for wazn in _distinct_awzan() if len(wazn) == length)


@cache
def _distinct_awzan() -> tuple[str, ...]:
    return tuple(dict.fromkeys(iter_awzan()))


@lru_cache(_CACHED_LENGTHS)
def _awzan_after_feh(length: int) -> _Table:
    return _tabulate(wazn for wazn in AFTER_FEH if len(wazn) == length)


def _tabulate(awzan: Iterable[str]) -> _Table:
    """The table of *awzan* of one length.

    Built for a length when a stem first has it, so that the first search of a process
    does not wait for all of them.
    """
    awzan = tuple(awzan)
    letters = {wazn[0] for wazn in awzan} - set(_RADICALS) | {""}
    return {
        letter: tuple(
            _compile(wazn) for wazn in awzan if wazn[0] in {letter, *_RADICALS}
        )
        for letter in letters
    }


@cache
def _compile(wazn: str) -> _Wazn:
    offsets = [at for at, letter in enumerate(wazn) if letter not in _RADICALS]
    get_own: _Getter | None = itemgetter(*offsets) if offsets else None
    first, middle, last = map(wazn.find, _RADICALS)
    return _Wazn(
        get_own=get_own,
        own=get_own(wazn) if get_own else "",
        first=first,
        middle=middle,
        last=last,
        fourth=wazn.find(_RADICALS[2], last + 1) if last != _ABSENT else _ABSENT,
        first_readings=_FIRST_INSIDE if first > 0 else _FIRST,
        middle_readings=_read_middle(wazn, middle),
        lost=_TRUNCATED_LAST if wazn in TRUNCATED else _LOST_LAST,
        first_radicals=(
            ASSIMILATED.get(wazn[first + 1], "") if first != _ABSENT else ""
        ),
    )


def _read_middle(wazn: str, middle: int) -> _Readings:
    if wazn[middle + 1 : middle + 2] == _RADICALS[2]:
        return _MIDDLE if set(wazn) - set(_RADICALS) else _MIDDLE_ALONE
    return _MIDDLE_BEFORE_VOWEL
