"""Marks equal the engine's matches, text by text and position by position."""

from collections.abc import Iterator
from functools import cache
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.arabic.analyzer import spans, surfaces
from search.arabic.families import has_diacritics
from search.engines.whoosh.execution.positions import (
    POSITION_BITS,
    find_positions,
)
from search.engines.whoosh.execution.postings_reader import PostingsReader
from search.engines.whoosh.query.compiler import compile_query, compile_term
from search.engines.whoosh.query.nodes import PositionQuery
from search.errors import QuerySyntaxError
from search.fields import ARTICLE_ID, CONTENT
from search.highlight.highlighter import Highlighter
from search.query import Fuzzy, Level, Near, Phrase, Prefix, Query, Term, Wildcard
from search.query.parse import parse
from search.query.render import render
from tests.search.text_index import TextIndex

# Forms of one family and of one root, compatible and incompatible diacritics, hamza
# seats, joined words, other scripts and digits, and words too long for the fuzzy table.
WORDS = (
    *("كتاب", "كِتَاب", "كُتّاب", "كِتاب", "الكِتَابُ", "وكتابها", "كتب", "كُتُبٌ", "كَتَبَ"),
    *("مكتبة", "المكتبه", "للمكتبات", "كاتب", "كاتبٍ", "والكاتبون", "كتـــاب"),
    *("مدرسة", "المدرسات", "مدرّس", "مُدرِّسٌ", "درس", "دَرْسٌ", "يدرسون"),
    *("مسؤول", "مسئول", "مَسؤُول", "شيء", "شئ", "شَيْءٌ", "سماء", "أسماء", "إلى", "الى"),
    *("الكاظمي", "كاضمي", "قائد", "فائد", "قيادة", "جريدة", "الجرائد", "جرائدهم"),
    *("ﺍﻟﻤﺮﻛﺐ", "المركب", "مسو\u0654ول", "کتاب", "چاي", "و", "في", "من", "لا", "ـ"),
    *("الـBBC", "BBC", "L’Orient", "orient", "Évén", "stations", "station", "لـ15"),
    *("Qurʾān", "Qur'an", "quran", "ʿUmar", "Umar", "Ma‘rifa"),
    *("ﷺ", "صلى", "الله", "عليه", "وسلم", "ﷲ", "محمدﷺ", "﷽", "500﷼"),
    *("1,500", "1500", "500", "1.5", "١٫٥", "F16", "F-16", "U.S.A.", "USA", "05", "5"),
    *("إعلام", "أعلام", "على", "علي", "كتابه", "كتابة"),
    *("عبدالله", "وعبد", "عباد", "أبوظبي", "لأبي", "ظبي", "اللامركزية", "لا", "مركزي"),
    *("ڨالمة", "قالمة", "پێشمەرگە", "بيشمركة", "ئەربیل", "أربيل"),
    *(
        "١٩٤٨",
        "1948",
        "1914-1918",
        "1914",
        "1918",
        "بن-لادن",
        "اسو\u200cد",
        "،",
        "«نص»",
    ),
    *("وسيستخدمونهاالاستخداماتالمختلفة", "سيستخدمونهاالاستخداماتالمختلفه"),
    *("والفستق", "فستق", "فسقت", "بالفستقِ", "كتابٌ،كتاب", "ٱلكتاب", "رحمٰن", "رحمن"),
)
TEXTS = 120
_SIGNS = ("", "", "=", "==", "√")
# Words that are operators where they stand alone.
_OPERATORS = ("و",)


@cache
def _texts() -> list[str]:
    random = Random(1948)
    return [
        " ".join(random.choices(WORDS, k=random.randrange(14))) for _ in range(TEXTS)
    ]


def _typos(word: str, at: int, letter: str) -> list[str]:
    """*word* with a deletion, an insertion, a substitution and a transposition."""
    at %= len(word)
    return [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    ]


def _word_texts() -> st.SearchStrategy[str]:
    word, sign = st.sampled_from(WORDS), st.sampled_from(_SIGNS)
    at, letter = st.integers(0, 30), st.sampled_from("ابتكمظ")
    return st.one_of(
        st.builds(str.__add__, sign, word),
        st.builds(lambda s, w, n: f"{s}{w[: 2 + n % 4]}*", sign, word, at),
        st.builds(lambda w, n: f"{w[: n % len(w)]}?{w[n % len(w) + 1 :]}", word, at),
        st.builds(lambda w, n: f"*{w[n % len(w) :]}", word, at),
        st.builds(lambda w, n: f"{w[: n % len(w)]}*{w[-1]}", word, at),
        st.builds(
            lambda w, n, c, kind, end: f"{_typos(w, n, c)[kind]}~{end}",
            word,
            at,
            letter,
            st.integers(0, 3),
            st.sampled_from(["", "1", "2"]),
        ),
    )


def _sequence_texts() -> st.SearchStrategy[str]:
    words = st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join)
    return st.builds(
        lambda sign, inner, end: f'{sign}"{inner}"{end}',
        st.sampled_from(_SIGNS),
        words,
        st.sampled_from(["", "", "~1", "~3", "~8"]),
    )


def _leaf_texts() -> st.SearchStrategy[str]:
    texts = st.one_of(_word_texts(), _word_texts(), _sequence_texts())
    return texts.filter(_is_one_leaf)


def _is_one_leaf(text: str) -> bool:
    """Whether *text* is one condition; a letter before a quotation makes it two."""
    try:
        query = parse(text)
    except QuerySyntaxError:
        return False
    return isinstance(query, Term | Prefix | Wildcard | Fuzzy | Phrase | Near)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    """The texts in three segments, every seventh deleted."""
    index = TextIndex(tmp_path_factory.mktemp("texts"), _texts(), segments=3)
    index.delete(*range(7, TEXTS + 1, 7))
    return index


def _alive() -> Iterator[tuple[int, str]]:
    return ((at, text) for at, text in enumerate(_texts(), 1) if at % 7)


def _marked_spans(query: Query, text: str) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in Highlighter(query).find(text)]


def _engine_spans(index: TextIndex, query: Query) -> dict[int, list[tuple[int, int]]]:
    """The spans of the tokens by which the engine finds each text, each once."""
    snapshot = index.snapshot
    if isinstance(query, Phrase | Near):
        compiled = compile_query(query)
    else:
        level = getattr(query, "level", Level.FAMILY)
        assert isinstance(query, Term | Prefix | Wildcard | Fuzzy)
        compiled = compile_term(query, level, CONTENT)
    numbers = snapshot.numeric_doc_values(ARTICLE_ID)
    positions: dict[int, set[int]] = {}
    for doc, at in _iter_matches(index, compiled):
        if snapshot.live_docs is None or snapshot.live_docs[doc]:
            positions.setdefault(int(numbers[doc]), set()).add(at)
    texts = dict(_alive())
    return {
        number: sorted({spans(texts[number])[at] for at in of_text})
        for number, of_text in positions.items()
    }


def _iter_matches(index: TextIndex, compiled: object) -> Iterator[tuple[int, int]]:
    reader = PostingsReader(index.snapshot)
    if not isinstance(compiled, PositionQuery):
        for packed in find_positions(reader, compiled).tolist():
            yield packed >> POSITION_BITS, packed & ((1 << POSITION_BITS) - 1)
        return
    words = [set(find_positions(reader, word).tolist()) for word in compiled.words]
    for start in find_positions(reader, compiled).tolist():
        for word in words:
            distance = getattr(compiled, "distance", None)
            reach = len(words) - 1 if distance is None else distance
            for packed in word & set(range(start, start + reach + 1)):
                if distance is not None or packed - start < len(words):
                    yield packed >> POSITION_BITS, packed & ((1 << POSITION_BITS) - 1)


class TestMarks:
    @given(st.lists(_leaf_texts(), min_size=1, max_size=3).map(" OR ".join))
    def test_texts_with_marks_are_those_that_the_engine_finds(
        self, index: TextIndex, query: str
    ) -> None:
        highlighter = Highlighter(parse(query))
        marked = {number for number, text in _alive() if highlighter.find(text)}
        assert index.find(query) == marked

    @given(_leaf_texts())
    def test_marked_words_are_those_that_the_engine_matched(
        self, index: TextIndex, text: str
    ) -> None:
        query = parse(text)
        marked = {
            number: marks
            for number, each in _alive()
            if (marks := _marked_spans(query, each))
        }
        assert marked == _engine_spans(index, query)

    @given(st.lists(_leaf_texts(), min_size=2, max_size=3))
    def test_text_with_all_words_has_a_mark_for_each(
        self, index: TextIndex, parts: list[str]
    ) -> None:
        queries = [parse(part) for part in parts]
        found = index.find(" ".join(f"({part})" for part in parts))
        highlighters = [Highlighter(query) for query in queries]
        assert found == {
            number
            for number, text in _alive()
            if all(highlighter.find(text) for highlighter in highlighters)
        }

    @given(st.sampled_from(WORDS), st.sampled_from(WORDS))
    def test_wider_level_finds_all_hits_of_the_stricter(
        self, index: TextIndex, first: str, second: str
    ) -> None:
        assume(surfaces(first) and first not in _OPERATORS)
        for query in (first, f'"{first} {second}"', f'"{first} {second}"~4'):
            letters, exact, family, root = (
                index.find(query.join(("(", ")")), level) for level in Level
            )
            assert letters <= exact
            assert family <= root
            # Typed vowels choose a reading; letter by letter they only contradict.
            assert letters <= family or has_diacritics(query)

    def test_family_is_of_the_word_where_as_written_is_of_all_spelled_alike(
        self, index: TextIndex
    ) -> None:
        """``=إعلام`` does not tell it from أعلام, which is another word."""
        assert index.find("=إعلام") > index.find("==إعلام")
        assert index.find("إعلام") == index.find("==إعلام")

    def test_every_word_is_in_some_text(self, index: TextIndex) -> None:
        """Otherwise the laws above would hold for want of matches."""
        for word in WORDS:
            if surfaces(word):
                assert index.find(render(Term(word, Level.EXACT))), word
