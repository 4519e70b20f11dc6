"""Query text to trees: every rule, every refusal with its remedy, any text at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError
from search.query import (
    And,
    DateRange,
    Field,
    Fuzzy,
    Level,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)
from search.query.parse import MAX_LENGTH, parse
from search.query.render import render
from tests.search.query_texts import query_texts

OIL, GAS, RAIL = Term("نفط"), Term("غاز"), Term("سكة")
_LETTERS, _EXACT, _ROOT = Level.LETTERS, Level.EXACT, Level.ROOT
_IN_1908 = DateRange(date(1908, 1, 1), date(1908, 12, 31))

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
    "نفط و غاز": And((OIL, GAS)),
    "نفط أَوْ غاز": Or((OIL, GAS)),
    "نفط|غاز": Or((OIL, GAS)),
    "نفط||غاز": Or((OIL, GAS)),
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
    "❝سكة حديد❞": Phrase(("سكة", "حديد")),
    "﴿سكة حديد﴾": Phrase(("سكة", "حديد")),
    "<<سكة حديد>>": Phrase(("سكة", "حديد")),
    "''سكة حديد''": Phrase(("سكة", "حديد")),
    "‘سكة حديد’": Phrase(("سكة", "حديد")),
    "'سكة حديد'": Phrase(("سكة", "حديد")),
    "'سكة حديد'~5": Near(("سكة", "حديد"), 5),
    "(‘سكة حديد’)، نفط": And((Phrase(("سكة", "حديد")), OIL)),
    "''Dar al-Kutub''": Phrase(("Dar", "al-Kutub")),
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
    "√سك*": Prefix("سك"),
    # How strictly: a word, a phrase, a group; the sign next to it counts.
    "√سكة": Term("سكة", _ROOT),
    "جذر:سكة": Term("سكة", _ROOT),
    "root:سكة": Term("سكة", _ROOT),
    "exact:سكة": Term("سكة", _EXACT),
    "رسم:سكة": Term("سكة", _EXACT),
    "==سكة": Term("سكة", _LETTERS),
    "letters:سكة": Term("سكة", _LETTERS),
    "حرفيًا:سكة": Term("سكة", _LETTERS),
    '=="سكة حديد"': Phrase(("سكة", "حديد"), _LETTERS),
    '==("سكة")': Term("سكة", _LETTERS),
    "==سك*": Prefix("سك", _EXACT),
    "== سكة": Term("سكة"),
    "عائلة:سكة": Term("سكة"),
    "=√سكة": Term("سكة", _ROOT),
    "√=سكة": Term("سكة", _EXACT),
    "√«سكة حديد»": Phrase(("سكة", "حديد"), _ROOT),
    "جذر:«سكة حديد»~3": Near(("سكة", "حديد"), 3, _ROOT),
    "√«سكة»": Term("سكة", _ROOT),
    "family:«سكة»": Term("سكة"),
    "√(سكة =غاز «نفط»)": And(
        (Term("سكة", _ROOT), Term("غاز", _EXACT), Term("نفط", _EXACT))
    ),
    "√(سكة OR عائلة:(نفط)) غاز": And((Or((Term("سكة", _ROOT), OIL)), GAS)),
    "-√سكة": Not(Term("سكة", _ROOT)),
    "√-سكة": Not(Term("سكة", _ROOT)),
    "عنوان:√سكة": Field("title", Term("سكة", _ROOT)),
    "√عنوان:سكة": Field("title", Term("سكة", _ROOT)),
    "جذر:عنوان:سكة": Field("title", Term("سكة", _ROOT)),
    "عنوان:جذر:سكة": Field("title", Term("سكة", _ROOT)),
    "نفط √ غاز": And((OIL, GAS)),
    "جذر: غاز": And((Term("جذر:"), GAS)),
    # Letters left open, and misspelled words.
    "س?ة س*ة": And((Wildcard("س?ة"), Wildcard("س*ة"))),
    "عنوان:*كة": Field("title", Wildcard("*كة")),
    "ما السكة؟": And((Term("ما"), Term("السكة؟"))),
    "-سكة~": Not(Fuzzy("سكة", 1)),
    "(سكة~2)؟": Fuzzy("سكة", 2),
    # When it was published.
    "سنة:1908 نفط": And((_IN_1908, OIL)),
    "نفط -(year:1908)": And((OIL, Not(_IN_1908))),
    "نفط أو سنة:1908": Or((OIL, _IN_1908)),
    "عنوان:(نفط سنة:1908)": Field("title", And((OIL, _IN_1908))),
    "عنوان:(سنة:1908)": Field("title", _IN_1908),
    "=سنة:1908 قبل": And((_IN_1908, Term("قبل"))),
    "قبل نفط": And((Term("قبل"), OIL)),
    "قبل: نفط": And((Term("قبل:"), OIL)),
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
    # An address is pasted whole, and nothing in it is syntax.
    "https://example.org/ar/news-5": Term("https://example.org/ar/news-5"),
    "HTTP://example.org نفط": And((Term("HTTP://example.org"), OIL)),
    "www.example.org/?a=b": Term("www.example.org/?a=b"),
    "ftp://example.org/~a*?b=c:d": Term("ftp://example.org/~a*?b=c:d"),
    "http://example.org/a_(b)": Term("http://example.org/a_(b)"),
    "(http://example.org) نفط": And((Term("http://example.org"), OIL)),
    "-=http://example.org": Not(Term("http://example.org", _EXACT)),
    "عنوان:http://example.org": Field("title", Term("http://example.org")),
    '"http://example.org/a(b)"': Term("http://example.org/a(b)", _EXACT),
    '"http://example.org/a("': Term("http://example.org/a(", _EXACT),
    "example.org:8080/a": Term("example.org:8080/a"),
    # The space behind a comma is left out, but in a number there is none.
    "نفط،غاز": And((Term("نفط،"), GAS)),
    "نفط؛غاز,سكة": And((Term("نفط؛"), Term("غاز,"), RAIL)),
    "نفط،عنوان:غاز": And((Term("نفط،"), Field("title", GAS))),
    "نفط،5 ،غاز": And((Term("نفط،"), Term("5"), Term("،غاز"))),
    "١،٠٠٠ 1,000": And((Term("١،٠٠٠"), Term("1,000"))),
    '"نفط،غاز"': Term("نفط،غاز", _EXACT),
    # What joins is part of the word.
    "1914-1918": Term("1914-1918"),
    "l'Orient": Term("l'Orient"),
    "‘Abd al-‘Aziz’": And((Term("‘Abd"), Term("al-‘Aziz’"))),
    "'سكة l'Orient حديد'": Phrase(("سكة", "l'Orient", "حديد")),
    "'سكة نفط": And((Term("'سكة"), OIL)),
    "نفط << غاز": And((OIL, GAS)),
    # Operators are words inside quotation marks.
    '"OR"': Term("OR", _EXACT),
    '"-نفط"': Term("-نفط", _EXACT),
    '"و"': Term("و", _EXACT),
    '"نفط~"': Term("نفط~", _EXACT),
    '"ن*ط"': Term("ن*ط", _EXACT),
    'عائلة:"OR"': Term("OR"),
    '√"أو"': Term("أو", _ROOT),
    '"سنة:1908"': Term("سنة:1908", _EXACT),
    '"title:x"': Term("title:x", _EXACT),
    "نفط ... ؟ غاز": And((OIL, GAS)),
    # Direction marks that are copied along do not hide an operator.
    "نفط \u200f-غاز": And((OIL, Not(GAS))),
    "\u202bنفط \u200fأو\u200f غاز\u202c": Or((OIL, GAS)),
}


class TestTrees:
    @pytest.mark.parametrize("text", TREES)
    def test_text_parses_to_the_tree(self, text: str) -> None:
        assert parse(text) == TREES[text]

    @pytest.mark.parametrize("text", TREES)
    def test_parsed_query_renders_to_text_that_parses_alike(self, text: str) -> None:
        assert parse(render(TREES[text])) == TREES[text]

    def test_lone_minus_is_no_operator(self) -> None:
        assert parse("نفط -") == OIL

    @pytest.mark.parametrize("sign", ["-", "="])
    def test_thousand_signs_do_not_recurse(self, sign: str) -> None:
        assert render(parse(sign * (MAX_LENGTH - 3) + "نفط")) in ("نفط", "-نفط", "=نفط")


class TestLevels:
    """What the switch of the page changes: words that say nothing themselves."""

    @pytest.mark.parametrize(
        ("text", "level", "tree"),
        [
            ("نفط", Level.ROOT, Term("نفط", _ROOT)),
            ("نفط", Level.EXACT, Term("نفط", _EXACT)),
            ("عنوان:نفط", Level.ROOT, Field("title", Term("نفط", _ROOT))),
            ("(نفط =غاز)", Level.ROOT, And((Term("نفط", _ROOT), Term("غاز", _EXACT)))),
            ("عائلة:نفط", Level.EXACT, OIL),
            ("عائلة:(نفط غاز)", Level.ROOT, And((OIL, GAS))),
            ("«سكة حديد»", Level.ROOT, Phrase(("سكة", "حديد"), _ROOT)),
            ("«سكة حديد»~2", Level.EXACT, Near(("سكة", "حديد"), 2, _EXACT)),
            ("«نفط»", Level.ROOT, Term("نفط", _EXACT)),
            ("نف*", Level.ROOT, Prefix("نف")),
            ("نف*", Level.EXACT, Prefix("نف", _EXACT)),
            ("ن*ط", Level.EXACT, Wildcard("ن*ط")),
            ("نفط~", Level.ROOT, Fuzzy("نفط", 1)),
        ],
    )
    def test_default_level_applies_to_words_without_one(
        self, text: str, level: Level, tree: Query
    ) -> None:
        assert parse(text, level) == tree


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
    def test_any_text_is_parsed_or_refused(self, text: str) -> None:
        _read(text)

    @given(st.text(alphabet=st.characters(), max_size=40))
    def test_lone_surrogates_are_parsed_or_refused(self, text: str) -> None:
        _read(text)

    @given(query_texts())
    def test_query_of_operators_is_parsed_or_refused(self, text: str) -> None:
        _read(text)

    @given(query_texts(), st.integers(2, 400))
    def test_query_over_a_limit_is_parsed_or_refused(
        self, text: str, times: int
    ) -> None:
        _read(text * times)

    @pytest.mark.parametrize("level", Level)
    @given(query_texts())
    def test_level_changes_nothing_but_the_level_of_words(
        self, level: Level, text: str
    ) -> None:
        assert (_read(text) is None) is (_read_at(text, level) is None)


def _read_at(text: str, level: Level) -> Query | None:
    try:
        return parse(text, level)
    except QuerySyntaxError:
        return None
