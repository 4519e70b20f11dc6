"""The awzan of Arabic (sing. wazn): its patterns of word formation, as in light stems.

ف ع ل stand for the radicals, a second ل for the fourth; any other letter is the
pattern's own. Without ل the last radical is doubled, weak or lost (مستقل, قاض); without
ف the first was a و (يصل, اتصال). Hollow words need no rows: قال is a فعل whose middle
radical is an alef.

The order decides between two readings: nouns before verbs and the common before the
rare; استفعل before افتعل, because most words that fit both are the former.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# Letter that stands for the ت of افتعل → the first radicals that it follows.
ASSIMILATED: Final = {"د": "زدذ", "ط": "صضطظ"}

# Awzan of stems from which the stemmer may have cut the last radical, taking it for a
# suffix (ان, ين, ه): امتحان, تخزين, انتباه.
TRUNCATED: Final = frozenset(
    {"افع", "تفع", "مفع", "افتع", "مفتع", "يفتع", "افتعا", "استفع", "مستفع"}
)

# Awzan after a ف that the stemmer does not cut: فقال, فكتبت.
AFTER_FEH: Final = ("فعل",)

_NOUNS: Final = (
    "فعل", "فعال", "فعول", "فعيل", "فاعل", "مفعول", "مفعل", "مفاعل", "تفعيل", "تفاعل",
    "مستفع", "مستفعل", "استفعال", "استفعل", "افتعال", "افدعال", "افطعال",
    "افعلاء", "انفعال", "اتعال", "فواعل", "فعاءل", "فعايل", "مفاعيل", "افعال", "فعلاء",
    "افاعل", "افاعيل", "فواعيل", "تفاعيل", "مفتعل", "مفعال", "تفعال", "فاعول",
    "فعالل", "فعاليل", "فعلل", "فعلال", "فعلول", "فعليل", "مفعلل", "متفعلل",
    "متفعل", "متفاعل", "منفعل", "مفدعل", "مفطعل", "متعل", "مفاع",
    "فاع", "فواع", "منفع", "مفتع", "مفطع", "متفع", "متفاع", "مفع",
    "افعلال", "فعاعيل", "تفع", "افتعا",
)  # fmt: skip
_PAST: Final = (
    "افعل", "تفعل", "استفع", "افتعل", "افدعل", "افطعل", "انفعل", "اتعل", "تفعلل",
    "افعلل", "افع", "افتع", "افطع", "انفع", "اتفعل", "اتفاعل", "فوعل", "تفاع",
)  # fmt: skip
_PRESENT: Final = (
    "يفعل", "يفاعل", "يتفعل", "يتفاعل", "يستفع", "يفتعل", "يفدعل", "يفطعل", "ينفعل",
    "يستفعل", "يتعل", "يفعلل", "يتفعلل", "يفع", "يعل", "يفتع", "يفطع", "ينفع", "يفاع",
    "يتفع", "يتفاع",
)  # fmt: skip
# Too short to decide anything while another wazn fits.
_SHORT: Final = ("فع", "عل")

_PERSONS: Final = ("ي", "ت", "ن")
# Only after the future سـ: elsewhere a first alef is that of the past tense.
_FIRST_PERSON: Final = "ا"
_FUTURE: Final = "س"


def iter_awzan() -> Iterator[str]:
    """Every wazn, in order of preference; some come more than once."""
    present = [person + verb[1:] for verb in _PRESENT for person in _PERSONS]
    yield from _NOUNS
    yield from _PAST
    yield from present
    yield from (_FUTURE + verb for verb in present)
    yield from (_FUTURE + _FIRST_PERSON + verb[1:] for verb in _PRESENT)
    yield from _SHORT
