"""The articles of the tests' library as data; each is there for a stated reason."""

from dataclasses import dataclass
from typing import Final

from archive.models import Status


@dataclass(frozen=True)
class Entry:
    """An article of the library; ``why`` says what it is for."""

    name: str
    why: str
    title: str
    body: str
    subtitle: str = ""
    source: str = "gazette"
    published: str = ""
    actors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    byline: str = ""
    language: str = "ar"
    status: Status = Status.PUBLISHED


# Three pages of results, the last of five rows.
BULLETINS: Final = 45
_FILLER: Final = "وكان الطريق طويلا بين القرى والحقول والأنهار. " * 30

NAMED: Final = (
    Entry(
        "vocalised",
        "every word has its diacritics",
        "الكِتَابُ وَالْقَلَمُ",
        "قَرَأَ الطَّالِبُ كِتَابَهُ فِي الْمَكْتَبَةِ، ثُمَّ كَتَبَ مَقَالَةً عَنِ الشِّعْرِ.",
        published="1923-05-14",
        actors=("taha",),
        topics=("papers",),
    ),
    Entry(
        "hamza_variants",
        "hamza on every seat, and none",
        "مسئول عن شئون الري",
        "قال المسؤول أحمد إن الأمر انتهى، وقال احمد ان الامر انتهي في القاهره.",
        published="1923-05-20",
        source="review",
        actors=("baghdad",),
        topics=("iraq",),
    ),
    Entry(
        "tatweel",
        "letters stretched by tatweel",
        "العـــراق الجديـــد",
        "وصل القطـــار إلى بغـــداد صباحا.",
        published="1923-06-01",
        actors=("baghdad",),
        topics=("baghdad-city",),
    ),
    Entry(
        "digits",
        "one year in three digit sets",
        "سنوات القرن",
        "في سنة ١٩٤٨ كتب الأول، وفي سنة 1949 كتب الثاني، وفي سنة ۱۹۵۰ كتب الثالث.",
        published="1950-01-01",
        topics=("history",),
    ),
    Entry(
        "stacked_clitics",
        "two and three clitics before one word",
        "فللمدرسة ما لها",
        "وبالمخطوطة بدأ الدرس، ولمخطوطتها فهرس.",
        published="1950-02-01",
        source="review",
    ),
    Entry(
        "phrase_twice",
        "a phrase of three words, twice, with diacritics the second time",
        "قطار الشام",
        "سكة حديد الحجاز بدأت في دمشق. وكانت سِكَّةُ حَدِيدِ الحِجازِ طويلة.",
        published="1950-02-15",
        topics=("history",),
    ),
    Entry(
        "words_apart",
        "the words of that phrase, not together",
        "طرق أخرى",
        "في الحجاز طريق قديم بين الجبال والوديان، وعلى جانبيه حديد وحجارة، "
        "ومن بعدهما سكة جديدة.",
        published="1951",
    ),
    Entry(
        "split_phrase",
        "a title ends with the first word of a phrase, the text begins with the second",
        "أخبار مجلس",
        "الوزراء في إجازة.",
        published="1951-03",
    ),
    Entry(
        "year_only_date",
        "only the year of publication is known",
        "تقويم بلا شهور",
        "طبع هذا التقويم في مطبعة صغيرة.",
        published="1923",
        topics=("papers",),
    ),
    Entry(
        "month_only_date",
        "only the month of publication is known",
        "نشرة شهرية",
        "صدرت في مطبعة الشهر.",
        published="1923-05",
    ),
    Entry(
        "undated",
        "the date is unknown, so it comes last by date",
        "ورقة بلا تاريخ",
        "وجدت في مطبعة مهجورة.",
    ),
    Entry(
        "draft",
        "a draft, which nobody may find",
        "مسودة سرية",
        "كلمة لا يجوز أن تظهر: الزمردة، في مطبعة.",
        published="1923-05-14",
        actors=("hidden",),
        topics=("papers",),
        status=Status.DRAFT,
    ),
    Entry(
        "withdrawn",
        "withdrawn, so that nobody may find it",
        "مقالة مسحوبة",
        "كلمة لا يجوز أن تظهر: الزمردة، في مطبعة.",
        published="1923-05-15",
        actors=("hidden",),
        status=Status.WITHDRAWN,
    ),
    Entry(
        "latin_words",
        "Latin words and names among Arabic ones",
        "اليونسكو UNESCO وإذاعة الـBBC",
        "كتبت L’Orient عن Café de Beyrouth، وجاء في التقرير: cities and states.",
        published="1960-07-04",
        source="orient",
        actors=("unesco",),
    ),
    Entry(
        "title_only_match",
        "a word of the title only",
        "الزنبق في الحديقة",
        "وصف للأزهار كلها بلا أسماء.",
        published="1960-07-05",
        topics=("science",),
    ),
    Entry(
        "body_only_match",
        "the same word, in the body only",
        "حديقة في الربيع",
        "نبت الزنبق عند السور، وللزنبق رائحة.",
        published="1960-07-06",
        topics=("science",),
    ),
    Entry(
        "subtitle_match",
        "a word of the subtitle only",
        "من الأرشيف",
        "صفحة من دفتر قديم.",
        subtitle="ياقوتة البلدان",
        published="1960-08-01",
    ),
    Entry(
        "author_match",
        "a byline and an author that the text does not name",
        "خواطر المساء",
        "كلام في الأدب.",
        byline="بقلم مي زيادة",
        authors=("مي زيادة",),
        published="1930-02-28",
        source="review",
    ),
    Entry(
        "alias_match",
        "an actor that the text does not name",
        "أيام في الصعيد",
        "سيرة فتى في القرية.",
        published="1929-01-01",
        actors=("taha",),
        topics=("astronomy",),
    ),
    Entry(
        "all_places",
        "one word in title, subtitle and body",
        "مرصد حلوان",
        "بني مرصد حلوان فوق التل، ومن مرصده ترى النجوم.",
        subtitle="مرصد قديم",
        published="1929-01-02",
        topics=("astronomy", "science"),
    ),
    Entry(
        "far_apart",
        "two words with a page of text between them",
        "رحلة طويلة",
        "بدأت الرحلة من طنجة. " + _FILLER + "وانتهت الرحلة في عدن. " + _FILLER,
        published="1931-11-30",
    ),
    Entry(
        "paragraphs",
        "a match in each of three paragraphs",
        "ثلاث فقرات",
        "الفستق أولا.\n\nثم الفستق ثانيا.\n\nوأخيرا الفستق.",
        published="1931-12-01",
    ),
    Entry(
        "hostile",
        "text that would run as a script if it were not escaped",
        '<script>alert("عنوان")</script> مصيدة',
        "مصيدة <img src=x onerror=alert(1)> & 'مصيدة' \"مصيدة\" </mark> مصيدة",
        subtitle="<b>مصيدة</b>",
        published="1999-09-09",
    ),
    Entry(
        "formula",
        "a title that a spreadsheet would evaluate as a formula",
        "=SUM(1;2) حسابات",
        "-1 من الحسابات، @لا شيء.",
        published="1999-09-10",
        source="orient",
    ),
    Entry(
        "persian_letters",
        "Persian letters in Arabic words",
        "چاي وبنزين",
        "کتب الکاتب عن الأسواق فی بغداد.",
        published="1999-09-11",
    ),
    Entry(
        "presentation_forms",
        "presentation forms in place of letters",
        "نص مستورد",
        "ﺍﻟﻤﺮﻛﺐ ﻓﻲ ﺍﻟﻤﻴﻨﺎﺀ",
        published="1999-09-12",
    ),
    Entry(
        "decomposed",
        "decomposed text (NFD) with combining hamzas",
        "مسو\u0654ول الميناء",
        "قرا\u0654 الري\u0654يس النشرة.",
        published="1999-09-13",
    ),
    Entry(
        "ligature_name",
        "a name one letter away from another word",
        "كلمة الله",
        "قال: له ما يشاء.",
        published="1999-09-14",
    ),
    Entry(
        "english",
        "an article in English",
        "The Railway Station",
        "Two stations were built. Trains left the station at noon.",
        published="2001-01-01",
        source="orient",
        language="en",
    ),
)


def _bulletin(number: int) -> Entry:
    return Entry(
        f"bulletin_{number}",
        "one of many, for paging and counts",
        f"البيان رقم {number}",
        "بيان " * (1 + number % 5) + "عن حال الطقس.",
        source=("gazette", "review", "orient")[number % 3],
        published=f"19{40 + number % 6}-{1 + number % 12:02}-{1 + number % 28:02}",
        actors=(f"observer-{number % 10}",),
        topics=("weather",),
    )


ENTRIES: Final = (*NAMED, *(_bulletin(number) for number in range(BULLETINS)))
