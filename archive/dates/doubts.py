"""Words that make a date uncertain, each with the error that says what to write.

Nothing is guessed from them: أوائل شباط has no last day, صيف 1967 no first.
"""

from functools import cache
from typing import Final

from archive.dates.errors import Trouble
from archive.dates.hijri import LAST_HIJRI_YEAR
from archive.dates.scan import Lexeme, LexemeKind, fold
from archive.dates.words import is_month_prefix

_VAGUE: Final = (
    "أوائل، أواخر، أواسط، مطلع، مستهل، بداية، بدايات، نهاية، نهايات، منتصف، وسط، نصف، "
    "ختام، حوالي، نحو، قرابة، زهاء، تقريبا، قبيل، بعيد، إبان، قبل، بعد، بضعة، ربما، "
    "النصف، الربع، الثلث، العشر، الأسبوع، أسبوع، الأيام، أيام، "
    "early، mid، late، beginning، end، middle، around، about، circa، ca، before، "
    "after، half، quarter، week، days، weeks، months، years"
)
_SEASONS: Final = (
    "ربيع، الربيع، صيف، الصيف، خريف، الخريف، شتاء، الشتاء، "
    "spring، summer، autumn، fall، winter، printemps، été، automne، hiver"
)
_RELATIVE: Final = (
    "أمس، الأمس، البارحة، غدا، الغد، اليوم، الآن، الماضي، الماضية، الماضيين، الفائت، "
    "الفائتة، المنصرم، المنصرمة، المنقضي، المنقضية، السابق، السابقة، الحالي، الحالية، "
    "الجاري، الجارية، الراهن، الراهنة، القادم، القادمة، المقبل، المقبلة، الأخير، "
    "الأخيرة، هذا، هذه، منذ، الشهر، السنة، العام، today، "
    "yesterday، tomorrow، now، this، last، past، next، previous، current، ago"
)
_CENTURIES: Final = "القرن، قرن، century"


def find_doubt(lexeme: Lexeme, text: list[Lexeme]) -> Trouble:
    """The reason why a lexeme of the text is no part of a date.

    >>> from archive.dates.scan import scan
    >>> [find_doubt(scan(text)[0], scan(text)).name
    ...  for text in ("أوائل شباط 2018", "ربيع 2011", "ربيع 1329", "كلام 2018")]
    ['VAGUE', 'SEASON', 'HALF_A_MONTH', 'WORD']
    """
    word = lexeme.folded
    if is_month_prefix(word) and not (is_doubtful(word) and _is_gregorian(text)):
        return Trouble.HALF_A_MONTH
    return _troubles().get(word, Trouble.WORD)


def is_doubtful(word: str) -> bool:
    """Whether a folded word makes a date uncertain, or is its season.

    >>> is_doubtful("شتا"), is_doubtful("بغداد")
    (True, False)
    """
    return word in _troubles()


def _is_gregorian(text: list[Lexeme]) -> bool:
    """Whether the text has a year that is no Hijri one: ربيع is a season before it."""
    return any(
        lexeme.kind is LexemeKind.NUMBER and int(lexeme.text[:9]) > LAST_HIJRI_YEAR
        for lexeme in text
    )


@cache
def _troubles() -> dict[str, Trouble]:
    tables = (
        (_VAGUE, Trouble.VAGUE),
        (_SEASONS, Trouble.SEASON),
        (_RELATIVE, Trouble.RELATIVE),
        (_CENTURIES, Trouble.VAGUE),
    )
    return {
        fold(word): trouble for words, trouble in tables for word in words.split("، ")
    }
