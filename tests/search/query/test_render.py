"""Trees to query text: whatever is written is read as the same tree again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError
from search.query import (
    And,
    DateRange,
    Everything,
    Field,
    Fuzzy,
    Level,
    MostOf,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)
from search.query.parse import parse
from search.query.render import render
from tests.search.query_texts import query_texts

_WORDS = st.sampled_from(
    ["نفط", "غاز", "الكِتاب", "Paris", "1914-1918", "١٩٤٨", "الصحافة؟", "نفط:"]
)
# What is no word, or another one, without quotation marks.
_HARD_WORDS = st.sampled_from(
    (
        *("OR", "أو", "و", "-5", "نفط~", "نف*", "ن؟ط", "‘نفط’", "<<a>>", 'ab"c', "a|b"),
        *(
            "سنة:1908",
            "title:x",
            "√كتب",
            "=نفط",
            "(نفط)",
            "1908",
            "شباط",
            "م",
            "..1908",
        ),
    )
)
_LEVELS = st.sampled_from(Level)
_SEVERAL = st.lists(_WORDS | _HARD_WORDS, min_size=2, max_size=4).map(tuple)
_DAYS = st.dates() | st.sampled_from(
    [date.min, date.max, date.min + timedelta(1), date(1500, 12, 31), date(1501, 1, 1)]
)
_DATES = st.one_of(
    st.builds(DateRange, _DAYS, st.none()),
    st.builds(DateRange, st.none(), _DAYS),
    st.tuples(_DAYS, _DAYS).map(lambda days: DateRange(min(days), max(days))),
)
_LEAVES = st.one_of(
    st.builds(Term, _WORDS | _HARD_WORDS, _LEVELS),
    st.builds(Phrase, _SEVERAL, _LEVELS),
    st.builds(Near, _SEVERAL, st.integers(0, 999), _LEVELS),
    st.builds(
        Prefix,
        st.sampled_from(["مكت", "al-Sad", "19"]),
        st.sampled_from([Level.EXACT, Level.FAMILY]),
    ),
    st.builds(Wildcard, st.sampled_from(["م?تب", "*تب", "مكت?*", "?كت*ب", "19?8"])),
    st.builds(Fuzzy, st.sampled_from(["الجزاير", "NOT", "1908"]), st.integers(1, 2)),
    _DATES,
)


def _without_double_not(query: Query) -> Query:
    return query.child if isinstance(query, Not) else Not(query)


def _grow(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(children, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        children.map(_without_double_not),
        st.builds(Field, st.sampled_from(["title", "author", "text"]), children),
    )


def _read(text: str, level: Level = Level.FAMILY) -> Query | None:
    try:
        return parse(text, level)
    except QuerySyntaxError:
        return None


def _change_terms(query: Query, change: Callable[[Term], Term]) -> Query:
    match query:
        case Term():
            return change(query)
        case And(children) | Or(children):
            changed = tuple(_change_terms(child, change) for child in children)
            return type(query)(changed)
        case Not(child):
            return Not(_change_terms(child, change))
        case Field(name, child):
            return Field(name, _change_terms(child, change))
    return query


class TestRender:
    @given(st.recursive(_LEAVES, _grow, max_leaves=12))
    @example(And((DateRange(date(1908, 1, 1), None), Term("م"))))
    @example(And((DateRange(date(622, 7, 19), date(1908, 1, 1)), Term("هـ"))))
    @example(Field("title", Not(DateRange(None, date.max))))
    def test_rendered_tree_parses_to_the_same_tree(self, query: Query) -> None:
        assert parse(render(query)) == query
        assert parse(render(query, "ar")) == query

    @given(query_texts())
    @example('«a"»OR"b»c"')
    @example("title:(-ab) -(title:=ab*)")
    @example('سنة:1908 "م" ‘نفط "غاز’"')
    @example("<<date:ab*")
    def test_parsed_tree_renders_and_parses_again(self, text: str) -> None:
        query = _read(text)
        if query is not None:
            assert parse(render(query)) == query

    @given(query_texts(), _LEVELS)
    def test_tree_parsed_at_a_level_renders_that_level(
        self, text: str, level: Level
    ) -> None:
        query = _read(text, level)
        if query is not None:
            assert parse(render(query)) == query

    @given(query_texts(), _LEVELS)
    @example('"OR" ("أو" -"نفط~")', Level.FAMILY)
    @example('‘ab "نفط’"', Level.FAMILY)
    def test_term_at_another_level_renders(self, text: str, level: Level) -> None:
        query = _read(text)
        if query is not None:
            other = _change_terms(query, lambda term: Term(term.text, level))
            assert parse(render(other)) == other

    @given(query_texts(), st.sampled_from(["المقاومة", "dont", "او", "1908", "bbc"]))
    def test_term_narrowed_to_a_form_renders(self, text: str, form: str) -> None:
        query = _read(text)
        if query is not None:
            other = _change_terms(query, lambda _term: Term(form, Level.EXACT))
            assert parse(render(other)) == other

    @pytest.mark.parametrize(
        ("query", "text"),
        [
            (Term("نفط", Level.ROOT), "√نفط"),
            (Term("أو"), 'family:"أو"'),
            (Term("l'Orient", Level.EXACT), "=l'Orient"),
            (Term("‘Abd"), "‘Abd"),
            (Prefix("مكتب", Level.EXACT), "=مكتب*"),
            (Phrase(("سكة", "حديد"), Level.ROOT), '√"سكة حديد"'),
            (DateRange(date(1908, 1, 1), date(1908, 1, 1)), "date:1908-01-01"),
            (DateRange(None, date(1907, 12, 31)), "before:1908-01-01"),
            (DateRange(date(1909, 1, 1), None), "after:1908-12-31"),
            (DateRange(None, date.max), "date:..9999-12-31"),
            (DateRange(date.min, None), "date:0001-01-01م.."),
        ],
    )
    def test_tree_renders_as_a_reader_types_it(self, query: Query, text: str) -> None:
        assert render(query) == text

    @pytest.mark.parametrize(
        ("query", "text"),
        [
            (Or((Term("نفط"), Term("غاز"))), "نفط أو غاز"),
            (Field("actor_names", Term("بغداد")), "علم:بغداد"),
            (Not(DateRange(None, date(1907, 12, 31))), "-قبل:1908-01-01"),
            (Term("أو"), 'عائلة:"أو"'),
        ],
    )
    def test_tree_renders_as_an_arabic_reader_types_it(
        self, query: Query, text: str
    ) -> None:
        assert render(query, "ar") == text

    @pytest.mark.parametrize("query", [Everything(), MostOf((Term("نفط"),), 1)])
    def test_node_without_query_text_raises(self, query: Query) -> None:
        with pytest.raises(TypeError):
            render(query)

    def test_date_range_without_ends_raises(self) -> None:
        with pytest.raises(ValueError, match="first or a last"):
            render(DateRange(None, None))
