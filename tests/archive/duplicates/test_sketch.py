"""Sketches: texts that are alike share keys, folded as the search folds them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.duplicates.sketch import (
    FEWEST_KEYS,
    Overlap,
    compare,
    distinct_runs,
    read_sketches,
)
from archive.duplicates.words import hash_words
from search.arabic.normalize import fold

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىة"


def make_text(seed: int, count: int = 300) -> list[str]:
    """Words that are not in other texts, or hardly."""
    choose = random.Random(seed)
    return ["".join(choose.choices(LETTERS, k=5)) for _ in range(count)]


def keys_of(text: str) -> list[int]:
    (sketch,) = read_sketches([text])
    return sketch.keys


def shared(one: str, other: str) -> int:
    return len(set(keys_of(one)) & set(keys_of(other)))


def likeness(one: str, other: str) -> float:
    runs = (distinct_runs(each.runs) for each in read_sketches([one, other]))
    return compare(*runs).likeness


class TestFolding:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("مدينةُ السَّلام", "مدينه السلام"),
            ("إلى الأمام", "الى الامام"),
            ("مستشفى الولادة", "مستشفي الولاده"),
            ("مسؤول كبير", "مسئول كبير"),
            ("كتــاب جديد", "كتاب جديد"),
            ("سنة ١٩٢٣", "سنة 1923"),
            ("ﻣﺪﻳﻨﺔ ﺑﻐﺪﺍﺩ", "مدينة بغداد"),
            ("Al-Ahrām Évén", "al ahram even"),
            ("گلستان پارس", "كلستان بارس"),
        ],
    )
    def test_spellings_of_one_text_are_one(self, one: str, other: str) -> None:
        same = [f"قال الكاتب {text} ثم سكت" for text in (one, other)]
        assert likeness(*same) == 1.0

    @given(st.lists(st.sampled_from(LETTERS + "ًٌَُِّْ"), min_size=1, max_size=8))
    def test_words_that_the_search_folds_alike_are_alike(self, word: list[str]) -> None:
        text = "".join(word).lstrip("ًٌَُِّْ") or "ا"
        folded = fold(text)
        if not folded or text.endswith(("يء", "يئ", "ىء", "ىئ", "يؤ", "ىؤ")):
            return  # a rule of whole words, شيء and شئ
        frame = "قال الكاتب {} ثم سكت"
        if "ء" not in folded:
            assert likeness(frame.format(text), frame.format(folded)) == 1.0

    def test_letters_that_differ_make_another_text(self) -> None:
        assert likeness("كتب رسالة أمس", "كتب مقالة أمس") == 0


class TestKeys:
    def test_one_text_has_all_keys_in_common(self) -> None:
        text = " ".join(make_text(1))
        assert shared(text, text) == len(keys_of(text)) >= FEWEST_KEYS

    def test_texts_that_are_altered_share_some(self) -> None:
        missed = 0
        for seed in range(40):
            words = make_text(seed)
            altered = list(words)
            for place in range(0, len(words), 10):
                altered[place] = "تغيير"
            missed += shared(" ".join(words), " ".join(altered)) == 0
        assert missed <= 1

    def test_a_text_within_a_longer_one_shares_keys_with_it(self) -> None:
        missed = 0
        for seed in range(20):
            words, frame = make_text(seed, 200), make_text(seed + 1000, 3000)
            longer = [*frame[:1500], *words, *frame[1500:]]
            missed += shared(" ".join(words), " ".join(longer)) == 0
        assert missed <= 1

    def test_other_texts_share_none(self) -> None:
        texts = [" ".join(make_text(seed)) for seed in range(40)]
        keys = [key for text in texts for key in keys_of(text)]
        assert len(keys) == len(set(keys))

    def test_a_short_text_shares_its_key_with_itself_alone(self) -> None:
        assert shared("زار الوفد بغداد أمس", "زار الوفد بغداد امس") == 1
        assert shared("زار الوفد بغداد أمس", "زار الوفد دمشق أمس") == 0
        assert keys_of("كلمتان فقط") == []

    @given(st.lists(st.text(max_size=60), max_size=5))
    def test_texts_are_read_alike_alone_and_together(self, texts: list[str]) -> None:
        for text, sketch in zip(texts, read_sketches(texts), strict=True):
            assert sketch.keys == keys_of(text)
            assert all(-(2**63) <= key < 2**63 for key in sketch.keys)

    @pytest.mark.parametrize(
        "text", ["", "\ud800 \ud800 \ud800 x", "ﷺ " * 40_000, "😀" * 90_000, "\x02" * 9]
    )
    def test_odd_texts(self, text: str) -> None:
        *_, last = hash_words([text, *[text[:3_000]] * 60, "دجلة والفرات"])
        assert last.bounds[-1] - last.bounds[-2] == 2
        keys_of(text)


def test_likeness_and_containment_of_runs() -> None:
    texts = ["قال الكاتب الكبير إن المطر نزل", "قال الكاتب الكبير إن الثلج نزل", ""]
    one, other, nothing = (distinct_runs(each.runs) for each in read_sketches(texts))
    assert compare(one, other) == Overlap(pytest.approx(2 / 6), 0.5, 4)
    assert compare(one, nothing) == Overlap()
