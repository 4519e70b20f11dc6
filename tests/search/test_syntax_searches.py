"""Each operator through the real index: what a reader types and the articles found."""

import pytest

from tests.search.library import Library
from tests.search.searching import entry_names, search

_IN_1923 = {
    "vocalised",
    "hamza_variants",
    "tatweel",
    "year_only_date",
    "month_only_date",
}

FOUND: dict[str, set[str]] = {
    # Which words, and where they stand.
    "سكة و حجارة": {"words_apart"},
    "حديد -دمشق": {"words_apart"},
    "زنبق|فستق": {"title_only_match", "body_only_match", "paragraphs"},
    "‘سكة حديد’": {"phrase_twice"},
    "''سكة حديد''": {"phrase_twice"},
    "<<سكة حديد>>": {"phrase_twice"},
    "«حديد سكة»": set(),
    "«حديد سكة»~3": {"phrase_twice"},
    # How strictly.
    "كتاب": {"vocalised", "persian_letters", "digits"},
    "=كتاب": set(),
    "=كتابه": {"vocalised"},
    "=كتب": {"vocalised", "digits", "persian_letters"},
    "√كتب": {"vocalised", "digits", "persian_letters", "latin_words"},
    "عنوان:√كتب": {"vocalised"},
    "جذر:(درس) -زنبق": {"stacked_clitics"},
    # Open letters and misspelled words.
    "مخطوط*": {"stacked_clitics"},
    "=مخطوط*": set(),
    "=وبالمخط*": {"stacked_clitics"},
    "*طوطتها": {"stacked_clitics"},
    "ال?طار": {"tatweel"},
    "عنوان:الع*اق": {"tatweel"},
    "القطاز~": {"tatweel", "phrase_twice"},
    # When.
    "سنة:1923": _IN_1923,
    "before:1924": _IN_1923,
    "year:1923 كتاب": {"vocalised"},
    "قبل:15 أيار 1923": {"vocalised"},
    "تاريخ:أيار 1923": {"vocalised", "hamza_variants", "month_only_date"},
    "date:1923-06-01": {"tatweel"},
    "منذ:1951 حتى:آذار 1951": {"split_phrase"},
    "after:1999": {"english"},
    "date:شباط 1950 -حديد": {"stacked_clitics"},
}


class TestSearches:
    @pytest.mark.parametrize("text", FOUND)
    def test_it_finds(self, library: Library, text: str) -> None:
        assert set(entry_names(library, search(text))) == FOUND[text]
