"""The measures of Arabic word formation (awzan), as light stems show them.

ف ع ل are the radicals, a second ل the fourth one; any other letter is the measure's
own. Where ل is missing the last radical is doubled, weak or lost (مستقل, قاض); where
ف is missing the first was a و (صلة, اتصال). Hollow words need no rows: قال is a فعل
whose middle radical is an alef.

The order is how we choose between two readings: nouns before verbs, what leaves more
of a word as radicals only after what leaves less, the common before the rare.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# افتعل after ز د ذ has د for its ت, after ص ض ط ظ it has ط.
ASSIMILATED: Final = {"د": "زدذ", "ط": "صضطظ"}

_NOUNS: Final = (
    "فعل", "فعال", "فعول", "فعيل", "فاعل", "مفعول", "مفعل", "مفاعل", "تفعيل", "تفاعل",
    "مستفع", "مستفعل", "استفعال", "استفعل", "افتعال", "افدعال", "افطعال",
    "انفعال", "اتعال", "فواعل", "فعاءل", "مفاعيل", "افعال", "افعلاء", "فعلاء",
    "افاعل", "افاعيل", "فواعيل", "تفاعيل", "مفعال", "تفعال", "فاعول", "فعالل",
    "فعاليل", "فعلل", "فعلال", "فعلول", "فعليل", "مفعلل", "متفعلل",
    "متفعل", "متفاعل", "منفعل", "مفتعل", "مفدعل", "مفطعل", "متعل", "مفاع", "فاع",
    "فواع", "منفع", "مفتع", "متفع", "متفاع", "مفع",
    "افعلال", "فيعال", "فيعول", "فوعال", "فعاعيل", "تفاع", "تفع", "افتعا", "موعل",
)  # fmt: skip
_PAST: Final = (
    "افعل", "فاعل", "تفعل", "تفاعل", "استفع", "افتعل", "افدعل", "افطعل", "انفعل",
    "استفعل", "اتعل", "تفعلل", "افع", "افتع", "انفع", "فاع",
)  # fmt: skip
_PRESENT: Final = (
    "يفعل", "يفاعل", "يتفعل", "يتفاعل", "يستفع", "يفتعل", "يفدعل", "يفطعل", "ينفعل",
    "يستفعل", "يتعل", "يفعلل", "يتفعلل", "يفع", "يعل", "يفتع", "ينفع", "يفاع", "يتفع",
    "يتفاع",
)  # fmt: skip
# So short that all the others are tried before.
_SHORT: Final = ("فع", "عل", "فعت", "فعلت")

_PERSONS: Final = ("ي", "ت", "ن")
_FUTURE: Final = "س"
_SHE: Final = "ت"


def iter_measures() -> Iterator[str]:
    """Every measure in the order of choice; some come more than once."""
    yield from _NOUNS
    yield from _PAST
    yield from (person + verb[1:] for verb in _PRESENT for person in _PERSONS)
    yield from (_FUTURE + person + verb[1:] for verb in _PRESENT for person in _PERSONS)
    yield from (verb + _SHE for verb in _PAST)
    yield from _SHORT
