"""Sketches: texts that are alike share buckets, folded as the search folds them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.duplicates.sketch import BANDS, compare_runs, find_buckets, read_runs
from search.arabic.normalize import fold

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىة"


def make_text(seed: int, count: int = 300) -> list[str]:
    """Words that are not in other texts, or hardly."""
    choose = random.Random(seed)
    return ["".join(choose.choices(LETTERS, k=5)) for _ in range(count)]


def shared(one: str, other: str) -> int:
    return len(set(find_buckets(read_runs(one))) & set(find_buckets(read_runs(other))))


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
        same = [read_runs(f"قال الكاتب {text} ثم سكت") for text in (one, other)]
        assert compare_runs(*same) == 1.0

    @given(st.lists(st.sampled_from(LETTERS + "ًٌَُِّْ"), min_size=1, max_size=8))
    def test_words_that_the_search_folds_alike_are_alike(self, word: list[str]) -> None:
        text = "".join(word).lstrip("ًٌَُِّْ") or "ا"
        folded = fold(text)
        if not folded or text.endswith(("يء", "يئ", "ىء", "ىئ", "يؤ", "ىؤ")):
            return  # a rule of whole words, شيء and شئ
        frame = "قال الكاتب {} ثم سكت"
        runs = [read_runs(frame.format(each)) for each in (text, folded)]
        if "ء" not in folded:
            assert compare_runs(*runs) == 1.0

    def test_letters_that_differ_make_another_text(self) -> None:
        assert compare_runs(read_runs("كتب رسالة أمس"), read_runs("كتب مقالة أمس")) == 0


class TestBuckets:
    def test_one_text_has_all_buckets_in_common(self) -> None:
        text = " ".join(make_text(1))
        assert shared(text, text) == BANDS

    def test_texts_that_are_altered_a_little_share_some(self) -> None:
        missed = 0
        for seed in range(40):
            words = make_text(seed)
            altered = list(words)
            for place in range(0, len(words), 20):
                altered[place] = "تغيير"
            missed += shared(" ".join(words), " ".join(altered)) == 0
        assert missed <= 1

    def test_other_texts_share_none(self) -> None:
        texts = [" ".join(make_text(seed)) for seed in range(40)]
        buckets = [key for text in texts for key in find_buckets(read_runs(text))]
        assert len(buckets) == len(set(buckets))

    def test_a_short_text_shares_its_bucket_with_itself_alone(self) -> None:
        assert shared("زار الوفد بغداد أمس", "زار الوفد بغداد امس") == 1
        assert shared("زار الوفد بغداد أمس", "زار الوفد دمشق أمس") == 0
        assert find_buckets(read_runs("كلمتان فقط")) == []

    @given(st.text(max_size=60))
    def test_any_text_is_read(self, text: str) -> None:
        runs = read_runs(text)
        keys = find_buckets(runs)
        assert all(-(2**63) <= key < 2**63 for key in keys)
        assert list(runs) == sorted(set(runs))

    @pytest.mark.parametrize("text", ["", "\ud800 \ud800 \ud800 x", "ﷺ " * 40_000])
    def test_odd_texts(self, text: str) -> None:
        find_buckets(read_runs(text))


def test_likeness_of_runs() -> None:
    one = read_runs("قال الكاتب الكبير إن المطر نزل")
    other = read_runs("قال الكاتب الكبير إن الثلج نزل")
    assert len(one) == len(other) == 4
    assert compare_runs(one, other) == pytest.approx(2 / 6)
    assert compare_runs(one, read_runs("")) == 0.0
