"""Light10 on real words: what Lucene's Arabic analyzer makes of them."""

import pytest

from benchmarks.retrieval.light10 import normalize, stem


class TestNormalize:
    @pytest.mark.parametrize(
        ("word", "normalized", "why"),
        [
            ("أحمد", "احمد", "hamza above alef"),
            ("إسلام", "اسلام", "hamza below alef"),
            ("آثار", "اثار", "madda"),
            ("مصطفى", "مصطفي", "alef maksura"),
            ("مدرسة", "مدرسه", "teh marbuta"),
            ("العـــراق", "العراق", "tatweel"),
            ("كِتَابٌ", "كتاب", "vowel marks"),
            ("العَرَبِيَّة", "العربيه", "shadda"),
            ("مسؤول", "مسؤول", "the seat of hamza stays, unlike ours"),
            ("مسئول", "مسئول", "so that this is another word"),
            ("ٱلكتاب", "ٱلكتاب", "the alef of wasl stays, unlike ours"),
            ("کتاب", "کتاب", "the Persian kaf stays, unlike ours"),
        ],
    )
    def test_it_folds_what_lucene_folds_and_no_more(
        self, word: str, normalized: str, why: str
    ) -> None:
        assert normalize(word) == normalized, why


class TestStem:
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
            ("معلماتها", "معلم", "two endings, in order"),
            ("أخيها", "اخ", "two endings, down to two letters"),
            ("مدرسية", "مدرس", "nisba of the feminine"),
            ("لبنان", "لبن", "no list of exceptions"),
            ("كتابهم", "كتابهم", "a pronoun that light10 does not know"),
            ("كتابا", "كتابا", "alef of tanwin stays"),
            ("هي", "هي", "nothing may come off two letters"),
            ("ها", "ها", "an ending alone is a word"),
        ],
    )
    def test_it_takes_off_what_light10_does(
        self, word: str, expected: str, why: str
    ) -> None:
        assert stem(normalize(word)) == expected, why
