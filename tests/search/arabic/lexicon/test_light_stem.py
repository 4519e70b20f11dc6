"""Light stems of real words, and the forms that are found by one."""

import pytest

from search.arabic.lexicon.light_stem import forms_of_stem, light_stem
from search.arabic.normalize import fold


class TestLightStem:
    @pytest.mark.parametrize(
        ("word", "expected", "why"),
        [
            ("الكتاب", "كتاب", "article"),
            ("والكتاب", "كتاب", "و and article"),
            ("بالمدرسة", "مدرس", "ب and article, teh marbuta"),
            ("كالجبال", "جبال", "ك and article"),
            ("فالحكومة", "حكوم", "ف and article"),
            ("للمعلمين", "معلم", "ل and article, plural"),
            ("وبالكتاب", "بالكتاب", "one proclitic only"),
            ("وقال", "قال", "و leaves three letters"),
            ("ورد", "ورد", "و would leave two"),
            ("الله", "له", "the article leaves two letters"),
            ("المعلمون", "معلم", "sound plural"),
            ("معلماتها", "معلم", "two suffixes, in order"),
            ("أخيها", "اخ", "two suffixes, down to two letters"),
            ("مدرسية", "مدرس", "nisba of the feminine"),
            ("لبنان", "لبن", "no list of exceptions"),
            ("كتابهم", "كتابهم", "a pronoun that light10 does not know"),
            ("كتابا", "كتابا", "alef of tanwin is kept"),
            ("هي", "هي", "nothing is removed from two letters"),
            ("ها", "ها", "a suffix alone is a word"),
        ],
    )
    def test_stem_is_that_of_light10(self, word: str, expected: str, why: str) -> None:
        assert light_stem(fold(word)) == expected, why


class TestFormsOfStem:
    @pytest.mark.parametrize("word", ["العراق", "كتاب", "معلمون", "مدرسة", "لبنان"])
    def test_a_word_is_a_form_of_its_stem(self, word: str) -> None:
        assert fold(word) in forms_of_stem(light_stem(fold(word)))

    def test_forms_are_distinct_and_sorted(self) -> None:
        forms = forms_of_stem("عراق")
        assert list(forms) == sorted({*forms})
