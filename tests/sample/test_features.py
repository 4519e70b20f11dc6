"""Features of Arabic print that the sample archive must have."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable

import pytest

from tests.sample.records import (
    ACTORS,
    ARTICLES,
    Record,
    actor_slugs,
    text,
    without_marks,
    words,
)

Feature = Callable[[Record], bool]

LONG = 250

LEVANTINE = [
    "كانون", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين",
]  # fmt: skip
EGYPTIAN = [
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيه",
    "يوليو", "أغسطس", "نوفمبر", "ديسمبر",
]  # fmt: skip
MAGHREBI = [
    "جانفي", "فيفري", "أفريل", "ماي", "جوان", "جويلية",
]  # fmt: skip


def _has(pattern: str) -> Feature:
    found = re.compile(pattern)
    return lambda article: bool(found.search(text(article)))


def _prints_month(names: list[str]) -> Feature:
    any_name = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
    return lambda article: bool(any_name.search(article["published_as_printed"]))


def _marks(printed: str) -> int:
    return sum(unicodedata.category(char) == "Mn" for char in printed)


def _letters(printed: str) -> int:
    return sum(char.isalpha() for char in printed)


def _is_vowelled(printed: str) -> bool:
    """More than two marks on three letters, as fully vowelled Arabic has."""
    return 3 * _marks(printed) > 2 * _letters(printed)


def _has_vowelled_line(article: Record) -> bool:
    lines = text(article).splitlines()
    return any(_is_vowelled(line) for line in lines if len(line.split()) > 2)


def _is_partly_vowelled(article: Record) -> bool:
    printed = text(article)
    return 40 * _marks(printed) > _letters(printed) and not _is_vowelled(printed)


def _is_vowelled_throughout(article: Record) -> bool:
    return _is_vowelled(text(article))


# A feature, the minimum number of articles that show it, and the test for it.
FEATURES: list[tuple[str, int, Feature]] = [
    ("vowelled from end to end", 1, _is_vowelled_throughout),
    ("a vowelled line or verse", 5, _has_vowelled_line),
    ("some vowels", 20, _is_partly_vowelled),
    ("tatweel inside a word", 5, _has(r"\wـ+\w")),
    ("أحمد", 3, _has(r"\bأحمد\b")),
    ("احمد without hamza", 1, _has(r"\bاحمد\b")),
    ("hamza on waw in مسؤول", 3, _has("مسؤول")),
    ("hamza on yeh in مسئول", 2, _has("مسئول")),
    ("شؤون", 2, _has("شؤون")),
    ("شئون", 2, _has("شئون")),
    ("إلى", 20, _has(r"\bإلى\b")),
    ("الى without hamza", 3, _has(r"\bالى\b")),
    ("في", 50, _has(r"\bفي\b")),
    ("فى as Cairo printed it", 10, _has(r"\bفى\b")),
    ("علي for على", 3, _has(r"\bعلي (?:رسم|العصور|غيرها|جانبي|أن|الباحثين)")),
    ("final ى for ي", 5, _has(r"\b(?:المصرى|الكرملى|الإدريسى|شوقى|الماضى)\b")),
    ("مكتبة", 8, _has(r"\b(?:ال)?مكتبة\b")),
    ("مكتبه", 2, _has(r"\b(?:ال)?مكتبه\b")),
    ("القاهره", 3, _has(r"\bالقاهره\b")),
    ("digits of the East", 30, _has("[٠-٩]")),
    ("European digits", 30, _has("[0-9]")),
    ("Persian digits", 1, _has("[۴۵۶]")),
    ("guillemets", 50, _has("«[^»]+»")),
    ("curly quotes", 3, _has("“[^”]+”")),
    ("Latin words among Arabic", 5, _has(r"[ء-ي].*\b[A-Za-z]{3,}\b")),
    ("UNESCO", 3, _has(r"\bUNESCO\b")),
    ("BBC", 1, _has(r"\bBBC\b")),
    ("a subtitle", 15, lambda article: bool(article["subtitle"])),
    ("a byline", 95, lambda article: bool(article["byline"])),
    ("authors", 15, lambda article: bool(article["authors"])),
    ("several authors", 1, lambda article: len(article["authors"]) > 1),
    ("an address", 2, lambda article: bool(article["url"])),
    ("a topic by its path", 30, lambda article: " / " in " ".join(article["topics"])),
    ("a topic by name", 30, lambda article: " / " not in article["topics"][0]),
    ("no actor", 1, lambda article: not article["actors"]),
    ("a long article", 2, lambda article: len(words(article)) >= LONG),
    ("a draft", 1, lambda article: article["status"] == "draft"),
    ("a withdrawn article", 1, lambda article: article["status"] == "withdrawn"),
    ("English", 2, lambda article: article["language"] == "en"),
    ("French", 1, lambda article: article["language"] == "fr"),
    ("Levantine months", 20, _prints_month(LEVANTINE)),
    ("Egyptian months", 10, _prints_month(EGYPTIAN)),
    ("months of Tunis", 5, _prints_month(MAGHREBI)),
    ("Hijri months", 2, _prints_month(["رمضان"])),
    ("two months as a pair", 3, _prints_month([r"\w+(?:/| \()[ء-ي]+"])),
    ("a date in digits", 1, _prints_month(["[٠-٩]+/[٠-٩]+/[٠-٩]+"])),
]

# Forms of the root ك ت ب: the plain words and some with clitics stacked on them.
WRITING = [
    "كتب", "كاتب", "كتاب", "مكتبة", "المكتوب", "وبالكتاب",
    "وللكتاب", "فالمكتبة",
]  # fmt: skip
SCHOOLING = [
    "المدرسة", "فللمدرسة", "ولجامعتها", "وللجامعة", "جامعة",
]  # fmt: skip

REPEATED = [
    ("على ضفاف نهر دجلة في قلب مدينة بغداد", 4),
    ("من أقدم المؤسسات الثقافية في المشرق العربي", 4),
    ("لجنة التراث العالمي التابعة لمنظمة اليونسكو", 5),
    ("مدينة العلم والعلماء منذ أقدم العصور", 3),
    ("حفظت لنا كتب التاريخ أخباراً كثيرة عن", 2),
    ("صدر العدد الأول من الجريدة", 2),
    ("ولا يضيع من النخلة شيء", 2),
]

# The spellings of one actor, each of them in some article.
ALIASES_IN_PRINT = [
    ("al-karmali", ["أنستاس ماري الكرملي", "انستاس مارى الكرملى", "الأب أنستاس"]),
    ("cairo-university", ["الجامعة المصرية"]),
    ("aub", ["الجامعة الأميركية في بيروت", "الكلية السورية الإنجيلية", "AUB"]),
    ("unesco", ["اليونسكو", "الأونسكو", "UNESCO"]),
    ("baghdad", ["بغداد", "مدينة السلام"]),
    ("shawqi", ["أحمد شوقي", "احمد شوقى"]),
    ("al-tahtawi", ["رفاعة الطهطاوي", "رفاعه الطهطاوي"]),
    ("dar-al-kutub", ["دار الكتب المصرية", "الكتبخانة الخديوية"]),
    ("al-idrisi", ["الإدريسي", "الشريف الإدريسى"]),
]


class TestFeatures:
    @pytest.mark.parametrize(
        ("fewest", "shows"),
        [feature[1:] for feature in FEATURES],
        ids=[feature[0] for feature in FEATURES],
    )
    def test_feature_is_in_enough_articles(self, fewest: int, shows: Feature) -> None:
        assert sum(map(shows, ARTICLES)) >= fewest

    @pytest.mark.parametrize("form", [*WRITING, *SCHOOLING])
    def test_forms_of_one_root(self, form: str) -> None:
        pattern = re.compile(rf"(?<!\w){form}(?!\w)")
        assert any(pattern.search(without_marks(text(a))) for a in ARTICLES)

    @pytest.mark.parametrize(("phrase", "fewest"), REPEATED)
    def test_phrases_recur(self, phrase: str, fewest: int) -> None:
        wanted = without_marks(phrase)
        found = [a for a in ARTICLES if wanted in without_marks(text(a))]
        assert len(found) >= fewest

    @pytest.mark.parametrize(("slug", "spellings"), ALIASES_IN_PRINT)
    def test_actors_are_printed_under_several_names(
        self, slug: str, spellings: list[str]
    ) -> None:
        [actor] = [actor for actor in ACTORS if actor["slug"] == slug]
        articles = [a for a in ARTICLES if slug in actor_slugs(a)]
        for spelling in spellings:
            assert any(spelling in text(article) for article in articles), spelling
        assert {actor["name_ar"], *actor["aliases"]} & set(spellings)

    def test_one_title_is_repeated(self) -> None:
        by_title: defaultdict[str, list[str]] = defaultdict(list)
        for article in ARTICLES:
            by_title[article["title"]].append(article["external_id"])
        twice = {title: ids for title, ids in by_title.items() if len(ids) > 1}
        assert list(twice) == ["مدينة السلام"]
