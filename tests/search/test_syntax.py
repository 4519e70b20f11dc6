"""Query text to trees: every rule, every refusal with its remedy, any text at all."""

import re

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError, UnknownField
from search.grammar import MAX_WORDS
from search.query import And, Field, Level, Near, Not, Or, Phrase, Prefix, Query, Term
from search.rendering import render
from search.syntax import MAX_LENGTH, parse

OIL, GAS, RAIL = Term("نفط"), Term("غاز"), Term("سكة")
_EXACT = Level.EXACT

TREES: dict[str, Query] = {
    "نفط": OIL,
    "نفط غاز": And((OIL, GAS)),
    "  نفط \t\n غاز ": And((OIL, GAS)),
    "نفط أو غاز": Or((OIL, GAS)),
    "نفط او غاز": Or((OIL, GAS)),
    "نفط OR غاز": Or((OIL, GAS)),
    "نفط | غاز": Or((OIL, GAS)),
    "نفط AND غاز": And((OIL, GAS)),
    "نفط & غاز": And((OIL, GAS)),
    "نفط AND": OIL,
    "نفط -غاز": And((OIL, Not(GAS))),
    "نفط −غاز": And((OIL, Not(GAS))),
    "نفط بدون غاز": And((OIL, Not(GAS))),
    "نفط NOT غاز": And((OIL, Not(GAS))),
    "نفط - غاز": And((OIL, GAS)),
    "-نفط": Not(OIL),
    "--نفط": OIL,
    "---نفط": Not(OIL),
    "-(-نفط)": OIL,
    # One operator of each language in one query.
    "نفط OR غاز -سكة أو (غاز AND نفط)": Or(
        (OIL, And((GAS, Not(RAIL))), And((GAS, OIL)))
    ),
    "نفط غاز OR سكة": Or((And((OIL, GAS)), RAIL)),
    "(نفط OR غاز) سكة": And((Or((OIL, GAS)), RAIL)),
    "نفط (غاز)": And((OIL, GAS)),
    "نفط () غاز": And((OIL, GAS)),
    '"سكة حديد"': Phrase(("سكة", "حديد")),
    "“سكة حديد”": Phrase(("سكة", "حديد")),
    "„سكة حديد“": Phrase(("سكة", "حديد")),
    "”سكة حديد“": Phrase(("سكة", "حديد")),
    "«سكة حديد»": Phrase(("سكة", "حديد")),
    "»سكة حديد«": Phrase(("سكة", "حديد")),
    "‹سكة حديد›": Phrase(("سكة", "حديد")),
    "＂سكة حديد＂": Phrase(("سكة", "حديد")),
    '"سكة"': Term("سكة", _EXACT),
    '"سكة ، حديد"': Phrase(("سكة", "حديد")),
    '="سكة حديد"': Phrase(("سكة", "حديد"), _EXACT),
    '"سكة حديد"~5': Near(("سكة", "حديد"), 5),
    '"سكة حديد"~٥': Near(("سكة", "حديد"), 5),
    '="سكة حديد"~5': Near(("سكة", "حديد"), 5, _EXACT),
    '"سكة"~5': Term("سكة", _EXACT),
    '-"سكة حديد"': Not(Phrase(("سكة", "حديد"))),
    "=سكة": Term("سكة", _EXACT),
    "=(سكة OR غاز) نفط": And((Or((Term("سكة", _EXACT), Term("غاز", _EXACT))), OIL)),
    "سك*": Prefix("سك"),
    "=سك*": Prefix("سك", _EXACT),
    "title:نفط": Field("title", OIL),
    "Title:نفط": Field("title", OIL),
    "عنوان:نفط": Field("title", OIL),
    "العنوان:نفط": Field("title", OIL),
    "عُنوان:نفط": Field("title", OIL),
    "كاتب:نفط": Field("author", OIL),
    "صحيفه:نفط": Field("source_name", OIL),
    "مصدر:نفط": Field("source_name", OIL),
    "actor:نفط": Field("actor_names", OIL),
    "موضوع:نفط": Field("topic_names", OIL),
    "text:نفط": Field("text", OIL),
    "title:=نفط": Field("title", Term("نفط", _EXACT)),
    "=title:نفط": Field("title", Term("نفط", _EXACT)),
    "title:«سكة حديد»": Field("title", Phrase(("سكة", "حديد"))),
    "title:(نفط OR غاز)": Field("title", Or((OIL, GAS))),
    "title:(-نفط)": Field("title", Not(OIL)),
    "-title:نفط": Not(Field("title", OIL)),
    # A colon of the text's own.
    "10:30": Term("10:30"),
    "نفط: غاز": And((Term("نفط:"), GAS)),
    "(قال:)": Term("قال:"),
    # What joins is part of the word.
    "1914-1918": Term("1914-1918"),
    "l'Orient": Term("l'Orient"),
    # Operators are words inside quotation marks.
    '"OR"': Term("OR", _EXACT),
    '"-نفط"': Term("-نفط", _EXACT),
    '"title:x"': Term("title:x", _EXACT),
    "نفط ... ؟ غاز": And((OIL, GAS)),
    # Direction marks that are copied along do not hide an operator.
    "نفط \u200f-غاز": And((OIL, Not(GAS))),
    "\u202bنفط \u200fأو\u200f غاز\u202c": Or((OIL, GAS)),
}

# What is refused, a piece of its sentence, and the query that it is answered with.
REFUSED = [
    ('نفط "غاز', "quotation mark", "نفط غاز"),
    ("«سكة حديد", "quotation mark", "سكة حديد"),
    ('"', "quotation mark", ""),
    ('" (', "quotation mark", ""),
    ("نفط (غاز", "never closed", "نفط غاز"),
    ("-(نفط", "never closed", "-نفط"),
    ("نفط(غاز", "never closed", "نفط غاز"),
    ("نفط) غاز", "never opened", "نفط غاز"),
    ("((نفط) غاز", "never closed", "(نفط) غاز"),
    ("نفط OR", "OR stands without", "نفط"),
    ("أو نفط", "OR stands without", "نفط"),
    ("نفط OR OR غاز", "OR stands without", "نفط OR غاز"),
    ("(نفط OR) غاز", "OR stands without", "(نفط ) غاز"),
    ("سكة (أو نفط) غاز", "OR stands without", "سكة ( نفط) غاز"),
    ("OR", "OR stands without", ""),
    ("نفط بدون", "minus or NOT", "نفط"),
    ("نفط NOT OR غاز", "minus or NOT", "نفط OR غاز"),
    ("بدون", "minus or NOT", ""),
    ("نفط --- غاز", "minus or NOT", "نفط - غاز"),
    ("AND", "no word", ""),
    ("()", "no word", ""),
    ("؟ !", "no word", ""),
    ('""', "no word", ""),
    ("", "no word", ""),
    ("س*", "two letters", "س"),
    ("نفط (س*) -غاز", "two letters", "نفط (س) -غاز"),
    ("title:)", "never opened", "title:"),
    ("title:-نفط", "behind “title:”", "-نفط"),
    ("title:author:نفط", "behind “title:”", "author:نفط"),
    ("نفط\x00غاز", "cannot be shown", "نفط غاز"),
    ("نفط\ud800", "cannot be shown", "نفط"),
    ("\x1b[31m", "cannot be shown", "[31m"),
    ("نفط " * (MAX_LENGTH // 4 + 1), "1000 characters", " ".join(["نفط"] * 100)),
    ("ن " * (MAX_WORDS + 1), "100 words", " ".join(["ن"] * 100)),
    (f'"{"ن " * 101}"', "100 words", f'"{" ".join(["ن"] * 100)}"'),
    (f"({'ن ' * 99}) «ن غ ب» ن", "100 words", f'({" ".join(["ن"] * 99)}) "ن"'),
    ("(" * 21 + "نفط" + ")" * 21, "20 deep", "(" * 20 + "نفط" + ")" * 20),
    ("(" * 1000, "20 deep", ""),
    ("(" * 1000 + "نفط" + ")" * 1000, "1000 characters", ""),
    ("(" * 990 + "نفط", "20 deep", "(" * 20 + "نفط" + ")" * 20),
    ("ن" * 10_000, "1000 characters", "ن" * 1000),
    ("نفط " * 10_000, "1000 characters", " ".join(["نفط"] * 100)),
]

# What the reader is told to do.
REMEDY_RE = re.compile(r"\b(Add|Close|Leave|Remove|Shorten|Take|Use|Write)\b")


class TestTrees:
    @pytest.mark.parametrize("text", TREES)
    def test_it_reads(self, text: str) -> None:
        assert parse(text) == TREES[text]

    @pytest.mark.parametrize("text", TREES)
    def test_what_it_reads_is_written_so_that_it_reads_the_same(
        self, text: str
    ) -> None:
        assert parse(render(TREES[text])) == TREES[text]

    def test_a_lone_minus_is_no_operator(self) -> None:
        assert parse("نفط -") == OIL

    @pytest.mark.parametrize("sign", ["-", "="])
    def test_a_thousand_signs_are_read_without_recursion(self, sign: str) -> None:
        assert render(parse(sign * (MAX_LENGTH - 3) + "نفط")) in ("نفط", "-نفط", "=نفط")


class TestRefusals:
    @pytest.mark.parametrize(("text", "sentence", "correction"), REFUSED)
    def test_it_says_what_to_do(
        self, text: str, sentence: str, correction: str
    ) -> None:
        with translation.override("en"):
            with pytest.raises(QuerySyntaxError) as caught:
                parse(text)
            assert sentence in str(caught.value)
            assert REMEDY_RE.search(str(caught.value))
        assert caught.value.correction == correction

    @pytest.mark.parametrize(
        "correction", sorted({row[2] for row in REFUSED if row[2]})
    )
    def test_a_correction_can_be_searched_for(self, correction: str) -> None:
        parse(correction)

    def test_an_unknown_field_is_named_with_the_way_out(self) -> None:
        with pytest.raises(UnknownField) as caught:
            parse("نفط لون:أحمر title:سكة")
        assert "لون" in str(caught.value)
        assert caught.value.fragment == "لون"
        assert caught.value.correction == "نفط لون أحمر title:سكة"

    def test_two_slips_are_both_mended_in_the_correction(self) -> None:
        with pytest.raises(UnknownField) as caught:
            parse("لون:أحمر title:سكة e:نفط OR")
        assert caught.value.correction == "لون أحمر title:سكة e نفط"

    def test_an_address_on_the_web_is_told_how_to_be_typed(self) -> None:
        with pytest.raises(UnknownField) as caught:
            parse("http://example.org")
        assert caught.value.correction == "http //example.org"


ALPHABET = '()"«»“”‹›-−=*~:|& \tأوبدونORANDNOTabعن1٢.،\u200f\u064e\u0640\x00\ud800'

PIECES = [
    *("نفط", "غاز", "a b", "ab*", " ", "title:", "كاتب:", "~3"),
    *("OR", "أو", "AND", "NOT", "بدون", "-", "=", "*", "(", ")", '"', "«", "»"),
]


def _read(text: str) -> Query | None:
    try:
        return parse(text)
    except QuerySyntaxError as error:
        assert str(error)
        if error.correction:
            parse(error.correction)
        return None


class TestAnyText:
    @given(st.text(max_size=60))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        _read(text)

    @given(st.text(alphabet=st.characters(), max_size=40))
    def test_lone_surrogates_are_read_or_refused(self, text: str) -> None:
        _read(text)

    @given(st.text(alphabet=ALPHABET, max_size=40))
    @example('«a"»OR"b»c"')
    @example("title:(-ab) -(title:=ab*)")
    def test_what_is_read_can_be_written_and_read_again(self, text: str) -> None:
        query = _read(text)
        if query is not None:
            assert parse(render(query)) == query

    @given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
    def test_queries_put_together_from_operators_are_read_or_refused(
        self, text: str
    ) -> None:
        query = _read(text)
        if query is not None:
            assert parse(render(query)) == query


_WORDS = st.sampled_from(["نفط", "غاز", "الكِتاب", "Paris", "1914-1918", "١٩٤٨"])
_LEVELS = st.sampled_from([Level.FAMILY, Level.EXACT])
_SEVERAL = st.lists(_WORDS, min_size=2, max_size=4).map(tuple)
_LEAVES = st.one_of(
    st.builds(Term, _WORDS, _LEVELS),
    st.builds(Phrase, _SEVERAL, _LEVELS),
    st.builds(Near, _SEVERAL, st.integers(0, 999), _LEVELS),
    st.builds(Prefix, _WORDS),
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


class TestRender:
    @given(st.recursive(_LEAVES, _grow, max_leaves=12))
    def test_any_tree_is_written_so_that_it_reads_the_same(self, query: Query) -> None:
        assert parse(render(query)) == query
