"""Compounds are one word, joined or apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.analyzer import analyze, surfaces
from search.arabic.compounds import find_apart, is_whole, parts_of

# Joined, and apart as others print it.
_SAME = [
    ("عبدالله", "عبد الله"),
    ("وعبدالرحمن", "وعبد الرحمن"),
    ("عَبْدُالناصر", "عبد الناصر"),
    ("لعبيدالله", "لعبيد الله"),
    ("الجارالله", "الجار الله"),
    ("نورالدين", "نور الدين"),
    ("وصلاحالدين", "وصلاح الدين"),
    ("أبوظبي", "أبو ظبي"),
    ("بأبوظبي", "بأبو ظبي"),
    ("أبوعبدالله", "أبو عبد الله"),
    ("أبابكر", "أبا بكر"),
    ("اللامركزية", "اللا مركزية"),
    ("لامركزية", "لا مركزية"),
    ("وباللاعنف", "لا عنف"),
]
_WHOLE = [
    *("أبواب", "أبوابها", "أبوه", "أبوين", "أبويهم", "أبوتها", "أبواقه", "أبوالها"),
    *("الوالدين", "وبالوالدين", "خالدين", "المجالدين", "والله", "فبالله", "إجلاله"),
    *("لاجئ", "لاعب", "لازم", "لاحق", "لافتة", "لامع", "لاسيما", "عبده", "عباد"),
    *("أباحت", "أبيات", "أباطرة", "عبدت", "موت", "مقام", "BBC", "1948"),
]
_PIECES = [
    *("و", "ف", "ب", "ل", "ك", "ال", "لا", "عبد", "الله", "الدين", "نور", "نصر"),
    *("أبو", "أبا", "أبي", "ابو", "ابا", "بكر", "ظبي", "مركزي", "عنف", "ة", "ا", "ه"),
]


class TestPartsOf:
    @pytest.mark.parametrize(("joined", "apart"), _SAME)
    def test_joined_is_as_apart(self, joined: str, apart: str) -> None:
        assert surfaces(joined) == surfaces(apart)

    @pytest.mark.parametrize("word", _WHOLE)
    def test_other_words_stay_whole(self, word: str) -> None:
        assert parts_of(word) == (word,)

    def test_parts_have_the_offsets_of_the_word(self) -> None:
        tokens = analyze("قال أبوعبدالله ثم")
        assert [(token.start, token.end) for token in tokens] == [
            *((0, 3), (4, 14), (4, 14), (4, 14), (15, 17)),
        ]

    @given(st.lists(st.sampled_from(_PIECES), max_size=6).map("".join))
    def test_what_is_plainly_whole_has_no_parts(self, word: str) -> None:
        if is_whole(word):
            assert parts_of(word) == (word,)

    @given(st.text("ابتدلهعمنوي أإّ", max_size=12))
    def test_parts_are_not_parted_again(self, text: str) -> None:
        for token in analyze(text):
            assert surfaces(token.printed) == [token.surface]


class TestFindApart:
    @pytest.mark.parametrize(
        ("joined", "apart"),
        [
            ("حضرموت", "حضر موت"),
            ("القائمقام", "القائم مقام"),
            ("قائمقامية", "قائم مقامية"),
            ("بورسعيد", "بور سعيد"),
            ("رأسمال", "رأس مال"),
            ("كيلومترًا", "كيلو مترا"),
            ("خمسمائة", "خمس مائة"),
            ("حضور", ""),
            ("بورصة", ""),
        ],
    )
    def test_compound_is_printed_apart(self, joined: str, apart: str) -> None:
        assert find_apart(joined) == apart
