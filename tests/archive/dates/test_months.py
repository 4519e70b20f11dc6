"""The table of month names."""

from collections import defaultdict

import pytest

from archive.dates.months import Calendar, Month, month_spellings
from archive.dates.scan import scan
from archive.dates.words import is_month_prefix, match_phrase

GREGORIAN = Calendar.GREGORIAN
HIJRI = Calendar.HIJRI


def month_of(name: str) -> Month | None:
    """The month that the whole of a name stands for."""
    pieces = scan(name)
    found = match_phrase(pieces, 0)
    return found[0].month if found and found[1] == len(pieces) else None


class TestMonthSpellings:
    def test_no_folded_spelling_names_two_months(self) -> None:
        months = defaultdict(set)
        for spelling, month in month_spellings():
            months[tuple(piece.folded for piece in scan(spelling))].add(month)
        assert {name: found for name, found in months.items() if len(found) > 1} == {}

    def test_every_month_of_both_calendars_has_a_name(self) -> None:
        found = {month for _, month in month_spellings()}
        assert found == {
            Month(calendar, number)
            for calendar in (GREGORIAN, HIJRI)
            for number in range(1, 13)
        }

    def test_each_spelling_is_found_by_look_up(self) -> None:
        for spelling, month in month_spellings():
            assert month_of(spelling) == month, spelling


class TestMeaningAt:
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
    def test_gregorian_names(self, name: str, number: int) -> None:
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
    def test_hijri_names(self, name: str, number: int) -> None:
        assert month_of(name) == Month(HIJRI, number)

    @pytest.mark.parametrize("season", ["الربيع", "الصيف", "ربيع", "نوار"])
    def test_seasons_and_doubtful_names_are_no_month(self, season: str) -> None:
        assert month_of(season) is None


class TestBeginsAMonth:
    @pytest.mark.parametrize("half", ["كانون", "تشرين", "ربيع", "جمادي"])
    def test_half_a_name_is_known_as_such(self, half: str) -> None:
        assert is_month_prefix(half)
        assert month_of(half) is None

    @pytest.mark.parametrize("word", ["شباط", "قديم", ""])
    def test_whole_names_and_other_words_are_not(self, word: str) -> None:
        assert not is_month_prefix(word)
