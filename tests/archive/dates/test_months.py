"""The table of month names."""

from collections import defaultdict

import pytest

from archive.dates.months import Calendar, Month, month_spellings
from archive.dates.scan import scan
from archive.dates.words import is_month_prefix, match_phrase

GREGORIAN = Calendar.GREGORIAN
HIJRI = Calendar.HIJRI


def month_of(name: str) -> Month | None:
    """The month of the complete name; None if it is not one."""
    lexemes = scan(name)
    match = match_phrase(lexemes, 0)
    return match[0].month if match and match[1] == len(lexemes) else None


class TestMonthSpellings:
    def test_folded_spellings_are_unambiguous(self) -> None:
        months = defaultdict(set)
        for spelling, month in month_spellings():
            months[tuple(lexeme.folded for lexeme in scan(spelling))].add(month)
        assert {name: found for name, found in months.items() if len(found) > 1} == {}

    def test_every_month_has_a_spelling(self) -> None:
        found = {month for _, month in month_spellings()}
        assert found == {
            Month(calendar, number)
            for calendar in (GREGORIAN, HIJRI)
            for number in range(1, 13)
        }

    def test_each_spelling_matches(self) -> None:
        for spelling, month in month_spellings():
            assert month_of(spelling) == month, spelling


class TestMatchPhrase:
    @pytest.mark.parametrize(
        ("name", "number"),
        [
            pytest.param("كانون الثاني", 1, id="Levantine of two words"),
            pytest.param("كانون ٢", 1, id="numbered in Arabic digits"),
            pytest.param("كانون الاول", 12, id="without hamza"),
            pytest.param("ك1", 12, id="Lebanese abbreviation"),
            pytest.param("تِشْرِين الأَوَّل", 10, id="vowelled"),
            pytest.param("مايس", 5, id="Iraqi May"),
            pytest.param("يونية", 6, id="Egyptian June with teh marbuta"),
            pytest.param("جانفي", 1, id="Algerian and Tunisian January"),
            pytest.param("أوت", 8, id="Algerian and Tunisian August"),
            pytest.param("يوليوز", 7, id="Moroccan July"),
            pytest.param("شتنبر", 9, id="Moroccan September"),
            pytest.param("دجمبر", 12, id="Mauritanian December"),
            pytest.param("أغشت", 8, id="Mauritanian August"),
            pytest.param("هانيبال", 8, id="Libyan August of the 1970s"),
            pytest.param("Sept", 9, id="English abbreviation"),
            pytest.param("février", 2, id="French"),
            pytest.param("FEVRIER", 2, id="French capitals lose the accent"),
        ],
    )
    def test_gregorian_names_match(self, name: str, number: int) -> None:
        assert month_of(name) == Month(GREGORIAN, number)

    @pytest.mark.parametrize(
        ("name", "number"),
        [
            ("المحرم", 1),
            ("ربيع الاول", 3),
            ("ربيع الآخر", 4),
            ("ربيع ثان", 4),
            ("جمادى الأولى", 5),
            ("جمادي الاولي", 5),
            ("جماد الأول", 5),
            ("جمادى الآخرة", 6),
            ("جمادى الثانية", 6),
            ("جماد ثاني", 6),
            ("ذو القعده", 11),
            ("ذي القعدة", 11),
            ("ذوالحجة", 12),
            ("Sha'ban", 8),
            ("Rabi' al-Awwal", 3),
            ("Dhu al-Hijjah", 12),
        ],
    )
    def test_hijri_names_match(self, name: str, number: int) -> None:
        assert month_of(name) == Month(HIJRI, number)

    @pytest.mark.parametrize("season", ["الربيع", "الصيف", "ربيع", "نوار"])
    def test_seasons_and_ambiguous_names_are_no_months(self, season: str) -> None:
        assert month_of(season) is None


class TestIsMonthPrefix:
    @pytest.mark.parametrize("half", ["كانون", "تشرين", "ربيع", "جمادي"])
    def test_first_word_of_a_name_is_a_prefix(self, half: str) -> None:
        assert is_month_prefix(half)
        assert month_of(half) is None

    @pytest.mark.parametrize("word", ["شباط", "قديم", ""])
    def test_complete_names_and_other_words_are_not(self, word: str) -> None:
        assert not is_month_prefix(word)
