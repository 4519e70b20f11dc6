"""The table of month names: every spelling that is read, and the month it stands for.

The names that are shown are in `archive.dates.display`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Calendar(StrEnum):
    """The calendar of a date."""

    GREGORIAN = "gregorian"
    HIJRI = "hijri"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of one of the calendars, 1 to 12."""

    calendar: Calendar
    number: int


# One spelling for all that fold alike: diacritics, hamza seats, ى/ي, ة/ه, accents and
# capitals are folded before look-up. In each row: Levantine and Iraqi; after the
# semicolon Egyptian and Gulf; Maghrebi (CLDR ar-DZ, ar-TN, ar-MA, ar-LY, ar-MR);
# Libyan of 1969-1986; English; French. Omitted because ambiguous: Libya's الربيع and
# الصيف, since "الصيف 1975" is the season of a quarterly; Lebanon's نوار (May), which
# differs by the article alone from Libya's النوار (February).
_GREGORIAN: Final[tuple[str, ...]] = (
    "كانون الثاني، كانون ثاني، كانون ثان، كانون الآخر، كانون 2، ك2؛ "
    "يناير، ينائر، جانفي، أي النار، January، Jan، janvier، janv",
    "شباط؛ فبراير، فبرائر، يبراير، فيفري، النوار، February، Feb، février، févr، fév",
    "آذار؛ مارس، March، Mar، mars",
    "نيسان؛ أبريل، أفريل، الطير، April، Apr، avril، avr",
    "أيار، مايس؛ مايو، ماي، الماء، May، mai",
    "حزيران؛ يونيو، يونيه، جوان، June، Jun، juin",
    "تموز؛ يوليو، يوليه، يوليوز، جويلية، ناصر، July، Jul، juillet، juil",
    "آب؛ أغسطس، أوغسطس، أغسطوس، أوت، غشت، أغشت، هانيبال، August، Aug، août",
    "أيلول؛ سبتمبر، سبتامبر، شتنبر، شتمبر، الفاتح، September، Sept، Sep، septembre",
    "تشرين الأول، تشرين أول، تشرين 1، ت1؛ "
    "أكتوبر، أوكتوبر، أكطوبر، التمور، October، Oct، octobre",
    "تشرين الثاني، تشرين ثاني، تشرين ثان، تشرين الآخر، تشرين 2، ت2؛ "
    "نوفمبر، نوڤمبر، نونبر، الحرث، November، Nov، novembre",
    "كانون الأول، كانون أول، كانون 1، ك1؛ "
    "ديسمبر، ديسامبر، دسمبر، دجنبر، دجمبر، الكانون، December، Dec، décembre، déc",
)

_HIJRI: Final[tuple[str, ...]] = (
    "محرم، المحرم، Muharram",
    "صفر، Safar",
    "ربيع الأول، ربيع أول، ربيع 1، Rabi I، Rabi al-Awwal، Rabi ul-Awwal، Rabi' 1",
    "ربيع الثاني، ربيع الآخر، ربيع ثاني، ربيع ثان، ربيع آخر، ربيع 2، "
    "ربيع الأخير، Rabi II، Rabi al-Thani، Rabi ul-Thani، Rabi al-Akhir، Rabi 2",
    "جمادى الأولى، جمادى الأول، جمادى أولى، جمادى أول، جمادا الأولى، جمادى 1، "
    "جماد الأولى، جماد الأول، جماد أول، جماد 1، Jumada I، Jumada al-Ula، "
    "Jumada al-Awwal، Jumada 1",
    "جمادى الآخرة، جمادى الآخر، جمادى الأخرى، جمادى آخرة، جمادى الثانية، "
    "جمادى الثاني، جمادى ثانية، جمادى ثاني، جمادى 2، جماد الآخرة، جماد الآخر، "
    "جماد الثانية، جماد الثاني، جماد ثاني، جماد 2، "
    "Jumada II، Jumada al-Akhira، Jumada al-Thani، Jumada al-Thaniya، Jumada 2",
    "رجب، Rajab",
    "شعبان، Shaban",
    "رمضان، Ramadan، Ramazan",
    "شوال، Shawwal",
    "ذو القعدة، ذي القعدة، ذا القعدة، ذوالقعدة، ذيالقعدة، ذي قعدة، ذو قعدة، ذيقعدة، "
    "القعدة، Dhu al-Qada، Dhul Qada، Dhu al-Qadah، Dhul Qadah، Dhu al-Qida، Dhul Qida، "
    "Dhu al-Qidah، Dhul Qidah، Zulqada، Zulqadah",
    "ذو الحجة، ذي الحجة، ذا الحجة، ذوالحجة، ذيالحجة، ذي حجة، ذو حجة، ذيحجة، "
    "الحجة، Dhu al-Hijja، Dhul Hijja، Dhu al-Hijjah، Dhul Hijjah، Zulhijja، Zulhijjah، "
    "Zul Hijja، Zul Hijjah",
)


def month_spellings() -> Iterator[tuple[str, Month]]:
    """The spellings with their months; كانون, تشرين and the like are not among them.

    >>> dict(month_spellings())["غشت"]
    Month(calendar=<Calendar.GREGORIAN: 'gregorian'>, number=8)
    """
    tables = ((Calendar.GREGORIAN, _GREGORIAN), (Calendar.HIJRI, _HIJRI))
    for calendar, rows in tables:
        for number, row in enumerate(rows, start=1):
            for spelling in row.replace("؛", "،").split("، "):
                yield spelling, Month(calendar, number)


def levantine_spellings() -> Iterator[str]:
    """The spellings of the Levantine and Iraqi months.

    >>> "شباط" in set(levantine_spellings()), "فبراير" in set(levantine_spellings())
    (True, False)
    """
    for row in _GREGORIAN:
        yield from row.split("؛ ")[0].split("، ")
