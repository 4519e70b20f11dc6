"""Passages: chosen by words and nearness, cut at sentences, in linear time."""

import re
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import passages
from search.highlight.highlighter import Highlighter, Mark
from search.highlight.passages import PASSAGE_LENGTH, Passage, choose_passages
from search.highlight.sentence_breaks import Cut
from search.query.parse import parse

FILLER = " ".join(f"حشو{number}" for number in range(60))


def _choose(text: str, query: str) -> list[str]:
    marks = Highlighter(parse(query)).find(text)
    return [text[each.start : each.end] for each in choose_passages(text, marks)]


class TestChoosePassages:
    def test_more_words_rank_before_an_earlier_offset(self) -> None:
        text = f"طنجة. {FILLER}. من طنجة إلى عدن. {FILLER}."
        assert "من طنجة إلى عدن." in _choose(text, "طنجة عدن")[-1]

    def test_nearer_words_rank_before_an_earlier_offset(self) -> None:
        far = f"طنجة {FILLER[:100]} عدن."
        text = f"{far} {FILLER}. {FILLER}. طنجة وعدن. {FILLER}."
        assert any("طنجة وعدن" in shown for shown in _choose(text, "طنجة عدن"))

    def test_rare_word_ranks_before_a_common_one(self) -> None:
        text = f"نفط. {FILLER}. نفط. {FILLER}. ذهب. {FILLER}. نفط. {FILLER}."
        assert any("ذهب" in shown for shown in _choose(text, "نفط OR ذهب"))

    def test_two_passages_show_different_words(self) -> None:
        text = f"نفط. {FILLER}. نفط ثم نفط ثم نفط. {FILLER}. غاز. {FILLER}."
        shown = " ".join(_choose(text, "نفط غاز"))
        assert "نفط ثم نفط ثم نفط" in shown
        assert "غاز" in shown

    def test_phrase_is_not_cut(self) -> None:
        text = f"{FILLER}. مد خط سكة. حديد الحجاز. {FILLER}."
        (shown,) = _choose(text, '"سكة حديد"')
        assert "سكة. حديد" in shown

    def test_sentences_are_whole_where_they_fit(self) -> None:
        text = f"{FILLER}. في عدن ميناء قديم. {FILLER}. {FILLER}"
        marks = Highlighter(parse("ميناء")).find(text)
        (passage,) = choose_passages(text, marks)
        assert passage.opens is Cut.SENTENCE
        assert text[passage.start :].startswith("في عدن ميناء")

    def test_abbreviations_and_numbers_are_not_cut(self) -> None:
        sentence = "وقال د. علي إن الطن بيع بمبلغ 1.500 دينار في 3/2/1908 من النفط."
        (shown,) = _choose(f"{FILLER}. {sentence} {FILLER}.", "النفط")
        assert sentence in shown

    def test_quotation_is_closed_where_possible(self) -> None:
        quotation = "«" + " ".join(f"قول{number}" for number in range(14)) + "»"
        text = f"{FILLER}. ارتفع النفط كثيرا كما يقال {quotation} {FILLER}."
        (shown,) = _choose(text, "النفط")
        assert shown.count("«") == shown.count("»")

    def test_repeated_text_is_shown_once(self) -> None:
        paragraph = f"ارتفع سعر النفط في عدن أمس ارتفاعا كبيرا. {FILLER[:150]}."
        assert len(_choose(f"{paragraph}\n\n" * 6, "النفط")) == 1

    def test_short_text_is_one_passage(self) -> None:
        marks = Highlighter(parse("نفط")).find("  نفط الشمال.\n")
        (passage,) = choose_passages("  نفط الشمال.\n", marks)
        assert passage == Passage(2, 13, Cut.SENTENCE, Cut.SENTENCE)

    @pytest.mark.parametrize("word", ["ن" * 1000, "http://example.org/" + "a" * 500])
    def test_overlong_word_is_cut(self, word: str) -> None:
        for query in ("نفط", "aa* OR نن*", "-نفط"):
            for shown in _choose(f"نفط {word} {word}", query):
                assert 0 < len(shown) <= PASSAGE_LENGTH


WORDS = ["نفط", "النفط", "غاز", "كلمة", "أخرى.", "طويلة،", "«قال", "نعم»", "د.", "1.5"]
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "  ", "\n", "\u00a0"])),
    max_size=400,
).map(lambda pairs: "".join(f"{word}{space}" for word, space in pairs))
QUERIES = st.sampled_from(["نفط غاز", '"نفط غاز"', "=النفط", "غائب", '"نفط غاز"~3'])


class TestLaws:
    @given(TEXTS, QUERIES)
    def test_passages_are_short_disjoint_and_of_whole_words(
        self, text: str, query: str
    ) -> None:
        marks = Highlighter(parse(query)).find(text)
        chosen = choose_passages(text, marks)
        assert bool(chosen) is bool(text.strip())
        end = 0
        for passage in chosen:
            assert end <= passage.start < passage.end <= passage.start + PASSAGE_LENGTH
            end = passage.end
            assert passage.start == 0 or text[passage.start - 1].isspace()
            assert passage.end == len(text) or text[passage.end].isspace()
            assert not text[passage.start].isspace()
        if marks:
            shown = [
                mark
                for mark in marks
                for passage in chosen
                if passage.start <= mark.start and mark.end <= passage.end
            ]
            assert shown

    @given(TEXTS)
    def test_sentence_cut_is_at_the_end_of_a_sentence(self, text: str) -> None:
        for passage in choose_passages(text, Highlighter(parse("غاز")).find(text)):
            if passage.closes is Cut.SENTENCE:
                rest = text[passage.end :]
                stopped = re.search(r"[.!?؟…][»\"]*$", text[: passage.end])
                assert stopped or not rest.strip() or "\n" in rest[:3]


def _count_lines(work: Callable[[], Any]) -> int:
    """The number of lines of the module that *work* executes."""
    lines = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if frame.f_code.co_filename != passages.__file__:
            return None
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines


class TestWork:
    @pytest.mark.parametrize("words", [1, 2, 40])
    @pytest.mark.parametrize("gap", [0, 1, 30])
    def test_work_is_linear_in_the_marks(self, words: int, gap: int) -> None:
        def lines_for(count: int) -> int:
            step = 5 + gap
            text = ("نفط، " + "ح" * gap) * count
            marks = [Mark(at * step, at * step + 3, at % words) for at in range(count)]
            return _count_lines(lambda: choose_passages(text, marks))

        assert lines_for(4000) < 5 * lines_for(1000)
