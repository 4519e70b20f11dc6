"""Light10 on real words, as Lucene's ArabicAnalyzer normalizes and stems them."""

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
            ("كِتَابٌ", "كتاب", "diacritics"),
            ("العَرَبِيَّة", "العربيه", "shadda"),
            ("مسؤول", "مسؤول", "hamza on waw is kept, unlike ours"),
            ("مسئول", "مسئول", "so that hamza on yeh is another word"),
            ("ٱلكتاب", "ٱلكتاب", "alef wasla is kept, unlike ours"),
            ("کتاب", "کتاب", "Persian kaf is kept, unlike ours"),
        ],
    )
    def test_word_is_normalized_as_by_lucene(
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
        assert stem(normalize(word)) == expected, why
