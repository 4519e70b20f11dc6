"""Readings: a word written without vowels, and each word that it may be."""

from pathlib import Path

import pytest

from search.arabic.families import (
    asked_family,
    derived_words,
    readings_of,
    related_words,
)
from search.results.model import WordExplanation
from tests.search.searching import search
from tests.search.text_archive import follow, write_archive

_TEXTS = (
    "رفع العلم فوق القلعة ورفرفت أعلام",
    "طلب العلم في الصغر",
    "يعلم أن الشعر ديوان",
    "سافر إلى مصر",
    "الصحافة المصرية والشعراء المصريون",
)


@pytest.fixture
def texts(db: None, no_index: Path) -> list[int]:
    return write_archive(_TEXTS)


def _explain(text: str) -> WordExplanation:
    [word, *_others] = search(text).help.words
    return word


@pytest.mark.usefixtures("texts")
class TestAddReadings:
    def test_word_of_several_lists_them_as_a_dictionary(self) -> None:
        readings = {each.vowelled: each.is_verb for each in _explain("علم").readings}
        assert {"عِلْم": False, "عَلَم": False, "عَلِمَ": True}.items() <= readings.items()

    @pytest.mark.parametrize(
        "text", ["علم", "شعر", "مصر", "علم -قلعة", "علم (مصر أو شعر)"]
    )
    def test_each_count_is_the_total_of_its_link_alone(self, text: str) -> None:
        word = _explain(text)
        for each in (*word.readings, *word.related):
            assert search(each.vowelled).total == each.articles

    def test_link_keeps_one_reading_and_the_rest_of_the_query(self) -> None:
        [flag] = [
            each for each in _explain("علم -قلعة").readings if each.vowelled == "عَلَم"
        ]
        followed = follow(flag.query_string)
        assert followed.request.text == "عَلَم -قلعة"

    def test_each_reading_has_its_forms(self) -> None:
        forms = {
            each.vowelled: {form.spelling: form.articles for form in each.forms}
            for each in _explain("علم").readings
        }
        assert forms["عَلَم"] == {"أعلام": 1}
        assert forms["عِلْم"] == {"العلم": 2}
        assert forms["عَلِمَ"] == {"يعلم": 1}

    def test_broken_plural_is_a_reading_and_has_its_singular(self) -> None:
        [both] = [each for each in readings_of("كتاب") if each.singular]
        assert (both.vowelled, both.singular) == ("كُتَّاب", "كَاتِب")
        for typed in ("كُتّاب", "كُتَّاب", "كتّاب"):
            assert asked_family(typed).lemmas[0] == "كاتب"
        assert asked_family("كِتاب").lemmas == asked_family("كتاب").lemmas == ("كتاب",)

    @pytest.mark.parametrize(
        ("word", "readings"),
        [
            ("رجال", {"رِجَال": "رَجُل"}),
            ("تجار", {"تُجَّار": "تَاجِر"}),
            ("كتب", {"كُتُب": "كِتَاب", "كَتَبَ": ""}),
            ("حكم", {"حُكْم": "", "حِكَم": "حِكْمَة"}),
            ("عمال", {"عَامِل": ""}),
        ],
    )
    def test_likeliest_readings_stand_first(
        self, word: str, readings: dict[str, str]
    ) -> None:
        found = {each.vowelled: each.singular for each in readings_of(word)}
        assert readings.items() <= found.items()
        assert next(iter(found)) in readings

    def test_words_of_the_root_stand_beside_the_word(self) -> None:
        related = [each.vowelled for each in _explain("شاعر").related]
        assert {"شِعْر", "شَاعِرِيّ"} & set(related) == {"شِعْر"}
        # Those that no article has are left out.
        assert "شِعَار" in [each.vowelled for each in derived_words("شاعر")]
        assert "شِعَار" not in related

    def test_nisba_stands_beside_the_word_and_the_word_beside_its_nisba(self) -> None:
        [egyptian] = _explain("مصر").related
        [egypt] = _explain("مصري").related
        assert (egyptian.vowelled, egyptian.articles) == ("مِصْرِيّ", 1)
        assert (egypt.vowelled, egypt.articles) == ("مِصْر", 1)

    @pytest.mark.parametrize(
        "text", ["=علم", "==علم", "√علم", "عل*", '"علم مصر"', "عِلْم", "BBC", "١٩٤٨"]
    )
    def test_word_that_is_chosen_already_has_no_readings(self, text: str) -> None:
        assert _explain(text).readings == ()


class TestReadingsOf:
    @pytest.mark.parametrize("word", ["علم", "حمل", "شعر", "ملك", "حكم", "قدم", "عين"])
    def test_each_reading_is_asked_for_as_itself_alone(self, word: str) -> None:
        readings = readings_of(word)
        assert len(readings) > 1
        for reading in readings:
            assert next(each.vowelled for each in readings_of(reading.vowelled)) == (
                reading.vowelled
            )

    @pytest.mark.parametrize(
        ("word", "nisba"), [("سياسة", "سِيَاسِيّ"), ("نفط", "نِفْطِيّ"), ("بغداد", "بَغْدَادِيّ")]
    )
    def test_nisba_is_related(self, word: str, nisba: str) -> None:
        assert nisba in [related.vowelled for related in related_words(word)]
