"""All spellings of one name have one key, and other names have others."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.collation import sort_key
from archive.names.spelling import is_distinctive, spelling_key, split_name

# Spellings of one name each, and what they differ in.
ALIKE = [
    ("compound, joined or apart", "عبد الكريم الناصري", "عبدالكريم الناصري"),
    ("God's name", "عبد الله", "عبدالله", "عبد اللّه"),
    ("two compounds", "عبد الله نصر الله", "عبدالله نصرالله"),
    ("article within a place", "كفر الزيات", "كفرالزيات"),
    ("article after a short head", "عز الدين القسام", "عزالدين القسّام"),
    ("short head with article", "أم الفحم", "أمالفحم", "ام الفحم"),
    ("no article", "حضر موت", "حضرموت"),
    ("foreign compound", "بور سعيد", "بورسعيد"),
    ("cases of father", "أبو بكر", "أبا بكر", "أبي بكر", "أبوبكر", "أبابكر"),
    ("cases of possessor", "ذو الفقار", "ذا الفقار", "ذي الفقار", "ذوالفقار"),
    ("cases of brother", "أخو عاد", "أخا عاد", "أخي عاد"),
    ("cases of sons", "بنو هلال", "بني هلال"),
    ("son within a name", "محمد بن سعد", "محمد ابن سعد", "محمد إبن سعد"),
    ("son at the beginning", "ابن خلدون", "بن خلدون", "ابنخلدون"),
    ("daughter", "فاطمة بنت محمد", "فاطمة ابنة محمد"),
    ("article", "الجاحظ", "جاحظ"),
    ("article of a family", "رشيد الخوري", "رشيد خوري"),
    ("article before alef and lam", "محمود الآلوسي", "محمود الالوسي"),
    ("article of a first name", "الحبيب بورقيبة", "حبيب بورقيبة"),
    ("family", "آل سعود", "ال سعود"),
    ("family after a name", "فيصل آل سعود", "فيصل ال سعود", "فيصل السعود"),
    ("old alef", "إسماعيل الكيال", "إسمعيل الكيال", "اسمعيل الكيّال"),
    ("old alef after an article", "عبد الرحمن", "عبد الرحمان", "عبدالرحمان"),
    ("one waw or two", "داود الجلبي", "داوود الجلبي", "داود الچلبي"),
    ("hamza before waw", "رؤوف", "رءوف", "رئوف"),
    ("hamza after yeh", "هيئة الإذاعة", "هيأة الإذاعة", "هيئة الاذاعه"),
    ("punctuation", "المقتطف", "«المقتطف»", "المقتطف."),
    ("initials", "ج. ز.", "ج ز", "ج.ز"),
    ("romanized article", "al-Jāḥiẓ", "Al Jahiz", "Jahiz"),
    ("romanized signs", "ʿAbd al-Raḥmān", "Abd al-Rahman", "'Abd al Rahman"),
]
APART = [
    ("عمر", "عمرو"),
    ("حسن", "حسين"),
    ("عبد الله", "عبد الإله"),
    ("محمد", "محمود"),
    ("المالكي", "المكي"),
    ("مالك", "ملك"),
    ("سفيان", "سفين"),
    ("سالم", "سم"),
    ("إلياس", "ياس"),
    ("آل سعود", "سعود"),
    ("علي محمد", "محمد علي"),
    ("طه حسين", "طه"),
    ("أبو علي", "علي"),
    ("ابن سينا", "سينا"),
    ("عيون", "عون"),
    ("Taha", "Tahar"),
    ("6 أبريل", "7 أبريل"),
]


class TestKey:
    @pytest.mark.parametrize("row", ALIKE, ids=lambda row: row[0])
    def test_spellings_of_one_name_have_one_key(self, row: tuple[str, ...]) -> None:
        assert len({spelling_key(name) for name in row[1:]}) == 1

    @pytest.mark.parametrize(("one", "other"), APART)
    def test_other_names_have_other_keys(self, one: str, other: str) -> None:
        assert spelling_key(one) != spelling_key(other)

    @pytest.mark.parametrize("text", ["", " ", "«»", "ـ", "َ", "?!"])
    def test_text_without_letters_has_no_key(self, text: str) -> None:
        assert spelling_key(text) == ""


class TestDistinctive:
    @pytest.mark.parametrize("name", ["عمرو بن بحر", "ابن سينا", "أبوبكر", "بور سعيد"])
    def test_name_of_two_words_is_distinctive(self, name: str) -> None:
        assert is_distinctive(name)

    @pytest.mark.parametrize("name", ["", "محمد", "عبد الله", "عبدالله", "الجاحظ"])
    def test_first_name_alone_is_not(self, name: str) -> None:
        assert not is_distinctive(name)


LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
NOUNS = st.text(alphabet=LETTERS + "ا", min_size=3, max_size=9)
HEADS = st.sampled_from(["عبد", "نور", "كفر", "بيت", "صلاح", "أبو", "ذو", "أم", "بن"])
NAMES = st.sampled_from([name for row in ALIKE for name in row[1:]])


class TestLaws:
    @given(HEADS, NOUNS)
    def test_head_joined_to_an_article_or_apart(self, head: str, noun: str) -> None:
        assert spelling_key(f"{head} ال{noun}") == spelling_key(f"{head}ال{noun}")

    @given(NOUNS)
    def test_father_joined_or_apart_in_any_case(self, noun: str) -> None:
        forms = [
            f"{head}{gap}{noun}" for head in ("أبو", "أبا", "أبي") for gap in ("", " ")
        ]
        assert len(set(map(spelling_key, forms))) == 1

    @given(NAMES, NOUNS)
    def test_son_with_alef_or_without(self, name: str, noun: str) -> None:
        keys = {spelling_key(f"{name} {son} {noun}") for son in ("بن", "ابن", "إبن")}
        assert len(keys) == 1

    @given(NAMES.filter(lambda name: "ئ" not in name and "أة" not in name))
    def test_folding_a_name_does_not_change_its_key(self, name: str) -> None:
        assert spelling_key(sort_key(name)) == spelling_key(name)

    @given(NAMES, st.sampled_from("\u064b\u064e\u0650\u0651\u0652\u0670\u0640"))
    def test_marks_and_tatweel_do_not_count(self, name: str, mark: str) -> None:
        marked = "".join(
            letter + mark if letter in LETTERS else letter
            for letter in unicodedata.normalize("NFC", name)
        )
        assert spelling_key(marked) == spelling_key(name)

    @given(st.text())
    def test_key_of_any_text_has_neither_spaces_nor_signs(self, text: str) -> None:
        key = spelling_key(text)
        assert not key or key.replace("_", "a").isalnum()
        assert "".join(split_name(text)) or key == ""
