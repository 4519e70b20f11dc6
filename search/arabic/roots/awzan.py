"""The measures of Arabic word formation (awzan), as light stems show them.

ف ع ل are the radicals, a second ل the fourth one; any other letter is the measure's
own. Where ل is missing the last radical is doubled, weak or lost (مستقل, قاض); where
ف is missing the first was a و (يصل, اتصال). Hollow words need no rows: قال is a فعل
whose middle radical is an alef.

The order is how we choose between two readings: nouns before verbs and the common
before the rare; استفعل before افتعل, for most words that fit both are the former.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# افتعل after ز د ذ has د for its ت, after ص ض ط ظ it has ط.
ASSIMILATED: Final = {"د": "زدذ", "ط": "صضطظ"}

# Of these the stemmer may have taken ان, ين or ه with a radical in it for an ending:
# امتحان, تخزين, انتباه.
TRUNCATED: Final = frozenset(
    {"افع", "تفع", "مفع", "افتع", "مفتع", "يفتع", "افتعا", "استفع", "مستفع"}
)

# فقال, فكتبت: what may follow a ف that the stemmer leaves on.
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
# So short that all the others are tried before.
_SHORT: Final = ("فع", "عل")

_PERSONS: Final = ("ي", "ت", "ن")
# Without the future سـ an alef is that of the past.
_FIRST_PERSON: Final = "ا"
_FUTURE: Final = "س"


def iter_awzan() -> Iterator[str]:
    """Every measure in the order of choice; some come more than once."""
    present = [person + verb[1:] for verb in _PRESENT for person in _PERSONS]
    yield from _NOUNS
    yield from _PAST
    yield from present
    yield from (_FUTURE + verb for verb in present)
    yield from (_FUTURE + _FIRST_PERSON + verb[1:] for verb in _PRESENT)
    yield from _SHORT
