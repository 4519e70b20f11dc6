"""Real words as Lucene's ArabicNormalizer has them."""

import pytest

from benchmarks.retrieval.normalizer import normalize


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
