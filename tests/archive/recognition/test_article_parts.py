"""Parts of a pasted text, and names that nobody knows yet."""

import pytest

from archive.recognition.article_parts import read_parts
from archive.recognition.unknown_names import find_unknown_names

ARTICLE = """نهضة الصحافة في العراق
قراءة في ربع قرن

بقلم: روفائيل بطي
بغداد، ١٤ تموز ١٩٣٥

كانت الصحافة في بغداد قبل الدستور لا تزيد على جريدة واحدة. ثم كثرت بعده.

وعاد الناس إلى قراءتها."""


class TestReadParts:
    def test_head_of_an_article_is_read(self) -> None:
        parts = read_parts(ARTICLE)
        assert parts.title == "نهضة الصحافة في العراق"
        assert parts.subtitle == "قراءة في ربع قرن"
        assert (parts.author, parts.kind) == ("روفائيل بطي", "opinion")
        assert parts.date is not None and parts.date.reading is not None
        assert parts.date.reading.first_day.isoformat() == "1935-07-14"
        assert ARTICLE[parts.date.start : parts.date.end] == "١٤ تموز ١٩٣٥"
        assert parts.body.endswith("وعاد الناس إلى قراءتها.")
        assert "بقلم" not in parts.body

    @pytest.mark.parametrize(
        "text", ["", "\n\n", "سطر واحد", "سطر ينتهي بنقطة.\nوثان."]
    )
    def test_text_without_a_head_stays_whole(self, text: str) -> None:
        parts = read_parts(text)
        assert (parts.title, parts.byline) == ("", "")
        assert parts.body == text.strip()

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("بيان صادر عن المؤتمر\n\nأيها المواطنون.", "statement"),
            ("حوار مع الشاعر\n\nسألناه عن الشعر.", "interview"),
            ("وفاة شاعر\n\nأعلنت الوزارة وفاته.", "news"),
            ("في النحو\n\nالكلام لفظ مفيد.", ""),
        ],
    )
    def test_kind_is_told_or_not_stated(self, text: str, kind: str) -> None:
        assert read_parts(text).kind == kind

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("كتب في الصحف", "ar"),
            ("The war of the worlds", "en"),
            ("La guerre des mondes et la paix", "fr"),
            ("سەرۆکی هەرێمی کوردستان", "ckb"),
            ("می‌گوید که پدر چه گفت؟ گفتگو", "fa"),
        ],
    )
    def test_language_is_told_by_letters_and_words(
        self, text: str, language: str
    ) -> None:
        assert read_parts(text).language == language


class TestUnknownNames:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("التقى الوزير ساطع الحصري أمس", ["ساطع الحصري"]),
            ("مع أبي فراس الحمداني", ["أبي فراس الحمداني"]),
            ("وزارة المعارف العمومية قررت", ["وزارة المعارف العمومية"]),
            ("الوقوف على الأطلال", []),
            ("قال في الكتاب", []),
        ],
    )
    def test_candidates(self, text: str, names: list[str]) -> None:
        assert [one.name for one in find_unknown_names(text)] == names

    def test_known_places_are_left_out(self) -> None:
        text = "التقى الوزير ساطع الحصري أمس"
        start = text.index("ساطع")
        assert find_unknown_names(text, [(start, start + 4)]) == []

    def test_frequent_names_come_first(self) -> None:
        text = "حزب الأمة اجتمع، وحزب الشعب اجتمع، ثم حزب الشعب ثانية"
        assert [one.name for one in find_unknown_names(text)] == [
            "حزب الشعب",
            "حزب الأمة",
        ]
