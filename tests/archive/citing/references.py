"""References that the tests of citations share; the hundred differ in every respect."""

import datetime as dt
from itertools import cycle, islice
from typing import Final

from archive.citing import Reference, find_work_type
from archive.citing.reference import make_key
from archive.dates import PartialDate

REFERENCE: Final = Reference(
    number=12,
    key="al-muqtabas-19270318-12",
    work_type=find_work_type("newspaper"),
    title="الكتاب والقلم",
    creators=("طه حسين", "أحمد أمين"),
    container="المقتبس",
    container_latin="al-Muqtabas",
    published=PartialDate(1927, 3, 18),
    printed_date="15 رمضان 1345",
    volume="3",
    issue="12",
    pages="4-5",
    place="دمشق",
    language="ar",
    keywords=("التاريخ", "دجلة"),
    address="https://archive.example/ar/articles/12/",
    archive_ar="سجلّ",
    archive_en="Sijill",
    accessed=dt.date(2026, 11, 30),
)

_TITLES: Final = (
    "الكِتَابُ وَالْقَلَمُ: نظراتٌ في صناعةِ التحرير",
    "«حريّة الصحافة» بين القانون والعُرف",
    "ما قيل في 50% من محصول القطن & أسعاره",
    "رسالة إلى محرّر «الأهرام» (2 من 3)",
    "هل تعود المياه إلى مجاريها؟",
    "السكّة الحديد = طريق المستقبل - تحقيق",
    "في ذكرى أبي العلاء؛ شاعرًا وفيلسوفًا",
    "TY  - عنوانٌ يشبه وسمًا",
    "خبر عاجل!",
    "مئة عام على al-Muqtataf: مجلّة وعصر",
)
_CREATORS: Final[tuple[tuple[str, ...], ...]] = (
    ("طه حسين",),
    ("مي زيادة", "عباس محمود العقّاد"),
    (),
    ("بقلم محرّر الشؤون الاقتصادية",),
    ("بيروت ـ «رويترز»",),
    ("ابن البلد", "أبو نُوَاس الصغير", "ع. ع."),
    ("May Ziadeh",),
)
_DATES: Final = (
    (PartialDate(1927, 3, 18), "15 رمضان 1345"),
    (PartialDate(1908, 3), "صفر ١٣٢٦"),
    (PartialDate(1911), ""),
    (None, "في يوم مطير"),
    (PartialDate(2018, 2, 3), "السبت ٣ شباط/فبراير ٢٠١٨"),
)
_KINDS: Final = ("newspaper", "magazine", "agency", "website", "book", "other")
_SOURCES: Final = ("المقتبس", "الأهرام", "مجلّة الرسالة", "«الحياة» اللندنية")


def _make(number: int) -> Reference:
    title = next(islice(cycle(_TITLES), number, None))
    published, printed = _DATES[number % len(_DATES)]
    return Reference(
        number=number,
        key=make_key("source", published, number),
        work_type=find_work_type(_KINDS[number % len(_KINDS)]),
        title=f"{title} ({number})",
        creators=_CREATORS[number % len(_CREATORS)],
        container=_SOURCES[number % len(_SOURCES)],
        container_latin="Source",
        published=published,
        printed_date=printed,
        volume=str(number % 7) if number % 7 else "",
        issue=f"{number}-{number + 1}" if number % 3 else "",
        pages=str(number) if number % 2 else "",
        place="بيروت" if number % 4 else "",
        language="ar",
        keywords=("التاريخ / تاريخ العراق", "دجلة")[: number % 3],
        address=f"https://archive.example/ar/articles/{number}/",
        archive_ar="سجلّ",
        archive_en="Sijill",
        accessed=dt.date(2026, 11, 30),
    )


ARABIC_REFERENCES: Final = tuple(_make(number) for number in range(1, 101))
