"""The order of names, their initials, and the text filter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.browsing.name_index import (
    Entry,
    filing_key,
    filter_entries,
    fold_name,
    initial,
    list_initials,
    sort_entries,
)


def entry(label: str, *, pk: int = 1, spellings: tuple[str, ...] = ()) -> Entry:
    names = tuple(fold_name(name) for name in (label, *spellings))
    return Entry(pk=pk, slug="", kind="person", label=label, other="", spellings=names)


def ordered(*labels: str, language: str = "ar") -> list[str]:
    entries = [entry(label, pk=pk) for pk, label in enumerate(reversed(labels))]
    return [found.label for found in sort_entries(entries, language=language)]


class TestFilingKey:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("الجاحظ", "جاحظ"),
            ("الأب أنستاس الكرملي", "اب انستاس الكرملي"),
            ("الإمام الشافعي", "امام الشافعي"),
            ("اَلْقاهِرَة", "قاهره"),
            ("ٱلبستاني", "بستاني"),
            ("الـعـراق", "عراق"),
            ("«الهلال»", "هلال"),
            ("al-Jāḥiẓ", "jahiz"),
            ("Al-Ahram", "ahram"),
            ("The Times", "times"),
            ("ʿAbduh", "abduh"),
        ],
    )
    def test_article_is_dropped(self, name: str, key: str) -> None:
        assert filing_key(name) == key

    @pytest.mark.parametrize(
        "name",
        [
            "ألمانيا",  # With a hamza the alef belongs to the name.
            "المانيا",  # The same name where hamza is not written.
            "إلياس فرح",
            "الياس فرح",
            "آل سعود",  # The family, not the article.
            "ال سعود",
            "ألفرد نوبل",
            "الفرد نوبل",
            "البرت اينشتاين",
            "الله",
        ],
    )
    def test_alef_and_lam_of_the_name_are_kept(self, name: str) -> None:
        assert filing_key(name).startswith("ال")

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("الياسمين", "ياسمين"),
            ("البيروني", "بيروني"),
            ("البرتغال", "برتغال"),
            ("الفتح", "فتح"),
            ("المانع", "مانع"),
        ],
    )
    def test_longer_word_loses_its_article(self, name: str, key: str) -> None:
        assert filing_key(name) == key

    @given(st.text(max_size=30))
    def test_any_text_has_a_key(self, text: str) -> None:
        assert filing_key(text) == filing_key(text)
        assert len(initial(text)) == 1


class TestSortEntries:
    def test_order_is_that_of_an_arabic_dictionary(self) -> None:
        names = (
            "إبراهيم اليازجي", "أحمد شوقي", "احمد فارس", "آدم", "ألمانيا", "البصرة",
            "بغداد", "توفيق الحكيم", "جامعة بغداد", "الجبرتي", "رفاعة", "السيوطي",
            "شكيب", "طه حسين", "ظاهر", "فارس", "القاهرة", "كرد علي", "لبنان",
            "محمد عبده", "مؤنس", "«الهلال»", "وهران", "يافا",
        )  # fmt: skip
        assert ordered(*names) == list(names)

    def test_hamza_and_final_letters_do_not_count(self) -> None:
        assert ordered("أحمد", "احمد", "هدى", "هدي") == ["احمد", "أحمد", "هدي", "هدى"]

    def test_persian_letters_sort_with_arabic_ones(self) -> None:
        assert ordered("بابل", "پاریس", "بغداد") == ["بابل", "پاریس", "بغداد"]

    def test_script_of_the_reader_is_first(self) -> None:
        names = ("أحمد شوقي", "Zola", "البصرة", "al-Ahram", "1001 ليلة")
        assert ordered(*names, language="ar") == [
            "أحمد شوقي", "البصرة", "al-Ahram", "Zola", "1001 ليلة",
        ]  # fmt: skip
        assert ordered(*names, language="en") == [
            "al-Ahram", "Zola", "أحمد شوقي", "البصرة", "1001 ليلة",
        ]  # fmt: skip


class TestListInitials:
    def test_letter_after_the_article_counts(self) -> None:
        rows = list_initials([entry("الجاحظ"), entry("جرجي زيدان")], language="ar")
        counts = {letter.letter: letter.count for letter in rows[0]}
        assert counts["ج"] == 2
        assert sum(counts.values()) == 2

    def test_own_alphabet_is_complete_and_the_other_only_if_used(self) -> None:
        only_arabic = list_initials([entry("بغداد")], language="en")
        assert [len(row) for row in only_arabic] == [26, 28]
        assert [len(row) for row in list_initials([entry("بغداد")], language="ar")] == [
            28
        ]

    def test_other_characters_have_a_row(self) -> None:
        rows = list_initials([entry("1001 ليلة")], language="ar")
        assert [(letter.letter, letter.count) for letter in rows[-1]] == [("#", 1)]


class TestFilterEntries:
    SHAWQI = entry("أحمد شوقي", spellings=("أمير الشعراء", "Aḥmad Shawqī"))
    SAID = entry("سعيد", spellings=("Saʿīd",))

    @pytest.mark.parametrize(
        "text",
        ["احمد شوقى", "شوقي", "أَحْمَد", "أمير", "الشعراء أمير", "shawqi", "AHMAD"],
    )
    def test_any_name_matches_in_any_spelling(self, text: str) -> None:
        assert filter_entries([self.SHAWQI, self.SAID], text) == [self.SHAWQI]

    def test_romanization_signs_do_not_count(self) -> None:
        assert filter_entries([self.SHAWQI, self.SAID], "said") == [self.SAID]

    def test_all_words_must_be_in_one_spelling(self) -> None:
        assert filter_entries([self.SHAWQI], "أحمد أمير") == []

    def test_other_spelling_matches_by_the_key(self) -> None:
        nasiri = entry("عبد الكريم الناصري", spellings=("عبدكريمناصري",))
        for text in ("عبدالكريم", "عبدالكريم ناصري", "عبد الكريم"):
            assert filter_entries([nasiri, self.SAID], text) == [nasiri]

    def test_empty_text_matches_all(self) -> None:
        assert filter_entries([self.SHAWQI, self.SAID], "  ") == [
            self.SHAWQI,
            self.SAID,
        ]
