"""Printed vowels choose among the readings of a form, and tell nothing they can't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.display_form import display_form
from search.arabic.families import (
    asked_lemmas,
    family,
    has_diacritics,
    telling_form,
    telling_forms,
    vowels_of,
)
from search.arabic.normalize import fold

# A printed word, and its lemma as a dictionary has it.
READ = [
    ("كُتّاب", "كَاتِب", "a broken plural"),
    ("والكُتَّابُ", "كَاتِب", "behind proclitics, with a case"),
    ("الْكِتَابِ", "كِتَاب", "with all its vowels"),
    ("كُتُبِهِم", "كِتَاب", "before a pronoun"),
    ("كَتَبَتْ", "كَتَبَ", "a verb"),
    ("عُقد", "عَقَدَ", "a passive of which print has one vowel"),
    ("عُقَد", "عُقْدَة", "which is not the plural of that form"),
    ("قُتِلَ", "قَتَلَ", "a passive with all its vowels"),
    ("وقّع", "وَقَّعَ", "a shadda alone: who signs does not occur"),
    ("عُمان", "عُمَان", "a country"),
    ("عَمّان", "عَمَّان", "and a city"),
    ("الشُّعَراء", "شَاعِر", "the shadda of the article is none of the word"),
    ("شِعر", "شِعْر", "poetry"),
    ("عَلَم", "عَلَم", "a flag"),
    ("والعِلْم", "عِلْم", "knowledge"),
    ("كرّم", "كَرَّمَ", "no ك before another word"),
    ("مِن", "مِنْ", "from"),
    ("مَن", "مَنْ", "who"),
    ("مُدَرِّسة", "مُدَرِّس", "a feminine: who teaches is no school"),
]
# Vowels that tell nothing: of a case, of a word with one reading, or of no reading.
TELL_NOTHING = ["كتابًا", "كتابٌ", "يَكْتُبُونَ", "مُحَمَّد", "الشَّمس", "كتاب", "كَوْفِيد"]

_words = st.builds(
    lambda letters, signs: "".join(map(str.__add__, letters, signs)),
    st.lists(st.sampled_from("ابتكعلمقدوينرسه"), min_size=2, max_size=6),
    st.lists(st.sampled_from(["", "َ", "ُ", "ِ", "ْ", "َّ", "ّ"]), min_size=6, max_size=6),
)


class TestVowels:
    @pytest.mark.parametrize(
        ("printed", "lemma"),
        [(printed, lemma) for printed, lemma, _why in READ],
        ids=[why for _printed, _lemma, why in READ],
    )
    def test_word_is_of_the_lemma_whose_vowels_are_printed(
        self, printed: str, lemma: str
    ) -> None:
        assert vowels_of(telling_form(printed))[0] == lemma

    @pytest.mark.parametrize("printed", TELL_NOTHING)
    def test_vowels_that_tell_nothing_are_left_out(self, printed: str) -> None:
        assert telling_form(printed) == display_form(printed)

    @given(_words)
    def test_telling_form_has_the_letters_and_the_family_of_the_word(
        self, printed: str
    ) -> None:
        telling = telling_form(printed)
        assert display_form(telling) == display_form(printed)
        assert telling_forms([printed, telling]) == [telling, telling]
        # Without vowels a word is asked for however it is printed.
        if has_diacritics(telling):
            asked = asked_lemmas(display_form(printed))
            assert not {*asked}.isdisjoint(family(telling).lemmas)
            assert fold(telling) == fold(printed)

    @given(_words)
    def test_word_with_its_vowels_finds_itself(self, printed: str) -> None:
        found = family(telling_form(printed)).lemmas
        itself = (fold(printed) + "=",)
        assert not {*asked_lemmas(printed)}.isdisjoint({*found, *itself})
