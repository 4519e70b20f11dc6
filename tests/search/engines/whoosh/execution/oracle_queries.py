"""Queries of every kind that the engine evaluates, for property tests."""

from hypothesis import strategies as st
from whoosh import query as q

from search.arabic.analyzer import analyze
from search.arabic.display_form import display_form
from search.arabic.normalize import fold
from search.engines.whoosh.query.diacritics import WithDiacritics
from search.engines.whoosh.query.multi_term import FuzzyTerm, WildcardTerm
from search.engines.whoosh.query.nodes import (
    ColumnRange,
    Family,
    NearQuery,
    PhraseQuery,
    PrintedTerm,
    Root,
    StemPrefix,
)
from search.engines.whoosh.query.term_tests import (
    ContainsTerm,
    EndsWithTerm,
    LevenshteinTerm,
)
from tests.search.engines.whoosh.execution.oracle_model import (
    DISPLAY_FORMS,
    FORMS,
    LEMMAS,
    MARKED,
    ROOTS,
    TAGS,
    YEARS,
)


def marked_query(form: str) -> WithDiacritics:
    [token] = analyze(form)
    return WithDiacritics(q.Term("text", token.surface), form)


def printed_query(form: str) -> PrintedTerm:
    return PrintedTerm("text", fold(form), form)


def leaf_queries() -> st.SearchStrategy[q.Query]:
    form, lemma = st.sampled_from(FORMS), st.sampled_from(LEMMAS)
    part = st.text("كتبمدرسجها", min_size=1, max_size=3)
    year = st.sampled_from(YEARS)
    return st.one_of(
        form.map(lambda text: q.Term("text", text)),
        lemma.map(lambda text: Family("text", text)),
        form.map(lambda text: Family.of("text", text)),
        st.sampled_from(ROOTS).map(lambda text: Root("text", text)),
        st.sampled_from(MARKED).map(marked_query),
        st.sampled_from(DISPLAY_FORMS).map(printed_query),
        st.sampled_from(MARKED).map(
            lambda form: WithDiacritics(printed_query(display_form(form)), form)
        ),
        part.map(lambda text: StemPrefix("text", text)),
        part.map(lambda text: WildcardTerm("text", f"*{text}?*")),
        part.map(lambda text: WildcardTerm("text", f"{text}*?ا*")),
        st.tuples(form, st.integers(1, 2)).map(lambda one: FuzzyTerm("text", *one)),
        part.map(lambda text: q.Prefix("text", text)),
        part.map(lambda text: q.Wildcard("text", f"*{text}?*")),
        part.map(lambda text: ContainsTerm("text", text)),
        part.map(lambda text: EndsWithTerm("text", text)),
        form.map(lambda text: LevenshteinTerm("text", text, maxdist=1, prefixlength=1)),
        st.sampled_from(TAGS).map(lambda text: q.Term("tags", text)),
        st.sampled_from(TAGS).map(lambda text: q.Prefix("tags", text[0])),
        st.tuples(form, form).map(lambda ends: q.TermRange("text", *sorted(ends))),
        st.tuples(year, year, st.booleans(), st.booleans()).map(
            lambda ends: q.NumericRange("year", min(ends[:2]), max(ends[:2]), *ends[2:])
        ),
        year.map(lambda number: q.Term("year", number)),
        st.tuples(st.integers(0, 30), st.integers(0, 30)).map(
            lambda ends: ColumnRange("day", *sorted(ends))
        ),
        st.sampled_from([q.Every(), q.Every("text"), q.Every("tags"), q.NullQuery]),
        st.lists(form, min_size=1, max_size=3).map(lambda all_: q.Phrase("text", all_)),
        st.lists(
            st.sampled_from(["alpha", "beta", "gamma", "delta"]), min_size=1, max_size=3
        ).map(lambda words: q.Phrase("words", words)),
        sequences(),
    )


def sequences() -> st.SearchStrategy[q.Query]:
    word = st.one_of(
        st.sampled_from(FORMS).map(lambda text: q.Term("text", text)),
        st.sampled_from(LEMMAS).map(lambda text: Family("text", text)),
        st.sampled_from(["كت", "مد", "ال"]).map(lambda text: q.Prefix("text", text)),
        st.sampled_from(ROOTS).map(lambda text: Root("text", text)),
        st.sampled_from(MARKED).map(marked_query),
        st.sampled_from(DISPLAY_FORMS).map(printed_query),
    )
    words = st.lists(word, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(PhraseQuery, words), st.builds(NearQuery, words, st.integers(1, 6))
    )


def queries(*, negated: bool) -> st.SearchStrategy[q.Query]:
    def extend(inner: st.SearchStrategy[q.Query]) -> st.SearchStrategy[q.Query]:
        several = st.lists(inner, min_size=1, max_size=3)
        two = st.tuples(inner, inner)
        positive = st.one_of(
            several.map(q.And),
            several.map(q.Or),
            two.map(lambda pair: q.AndMaybe(*pair)),
            inner.map(q.ConstantScoreQuery),
        )
        if not negated:
            return positive
        return st.one_of(
            positive,
            inner.map(q.Not),
            two.map(lambda pair: q.And([pair[0], q.Not(pair[1])])),
            two.map(lambda pair: q.AndNot(*pair)),
            two.map(lambda pair: q.Require(*pair)),
        )

    return st.recursive(leaf_queries(), extend, max_leaves=5)
