"""Lines of a concordance: contexts, proclitics, places that are gone."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.analyzer import analyze
from search.arabic.normalize import fold
from search.arabic.prefixes import split_proclitics
from search.concordance import Tokens, cut_line
from search.concordance.lines import CONTEXT

_WORDS = [
    "قطن",
    "وبالقطنِ",
    "السوق،",
    "«النيل»",
    "1923",
    "ﷺ",
    "عبدالله",
    "م.",
    "–",
    "للحكومة\n",
]


def _tokens(texts: Sequence[str]) -> list[Tokens]:
    return list(map(Tokens, texts))


class TestLines:
    @given(st.lists(st.lists(st.sampled_from(_WORDS)), min_size=3, max_size=3))
    def test_each_position_is_the_word_that_the_analyzer_has_there(
        self, words: list[list[str]]
    ) -> None:
        texts = [" ".join(each) for each in words]
        first = 0
        for part, text in enumerate(texts):
            tokens = analyze(text)
            for token in tokens:
                line = cut_line(_tokens(texts), first + token.position, 1)
                assert line is not None
                assert (line.part, line.start) == (part, token.start)
                printed = text[token.start : token.end]
                assert line.proclitics + line.word == " ".join(printed.split())
            first += len(tokens) + 999 if tokens else 0
        assert cut_line(_tokens(texts), first, 1) is None

    def test_contexts_are_whole_words_of_one_text(self) -> None:
        words = [first + second for first in "بتجحدرسشصط" for second in "عغفقكلمنهو"]
        body = " ".join(words)
        line = cut_line(_tokens(["عنوان", "", body]), 1000 + 50, 2)
        assert line is not None
        assert line.word == f"{words[50]} {words[51]}"
        assert len(line.before.split()) == len(line.after.split()) == CONTEXT
        assert line.before.split()[-1] == words[49]
        assert line.after.split()[0] == words[52]

    def test_lines_of_a_text_become_one(self) -> None:
        line = cut_line(_tokens(["قبل\n\n السطر\tكلمة\n بعد"]), 2, 1)
        assert line is not None
        assert (line.before, line.after) == ("قبل السطر", "بعد")

    @pytest.mark.parametrize("position", [2, 998, 1003, 10**9])
    def test_a_place_that_is_gone_has_no_line(self, position: int) -> None:
        assert cut_line(_tokens(["عنوان هنا", "متن هنا"]), position, 1) is None

    def test_a_phrase_that_is_cut_off_has_no_line(self) -> None:
        assert cut_line(_tokens(["كلمة واحدة"]), 1, 2) is None


class TestProclitics:
    @pytest.mark.parametrize(
        ("printed", "proclitics"),
        [
            ("القطن", "ال"),
            ("وبالمدرسة", "وبال"),
            ("للحكومة", "لل"),
            ("فقال", "ف"),
            ("وَالْكِتَابِ", "وَالْ"),
            ("سيكتب", "س"),
            ("والده", ""),
            ("باريس", ""),
            ("لبنان", ""),
            ("1923", ""),
            ("London", ""),
            ("و", ""),
        ],
    )
    def test_they_are_those_of_every_reading(
        self, printed: str, proclitics: str
    ) -> None:
        assert split_proclitics(printed) == (
            proclitics,
            printed.removeprefix(proclitics),
        )

    @given(st.text("والبكلفسءيةقطنمَّـ", min_size=1, max_size=9))
    def test_nothing_is_lost(self, printed: str) -> None:
        proclitics, word = split_proclitics(printed)
        assert proclitics + word == printed
        assert word
        assert not proclitics or fold(word)
