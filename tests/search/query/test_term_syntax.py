"""One word of a query: open letters, misspelled words, and what is punctuation only."""

import pytest
from django.utils import translation

from search.errors import QuerySyntaxError
from search.query import Fuzzy, Level, Prefix, Query, Term, Wildcard
from search.query.term_syntax import read_word, split_words

READ: dict[str, Query | None] = {
    "مكتب*": Prefix("مكتب"),
    "مكتب**": Prefix("مكتب"),
    "مكتب٭": Prefix("مكتب"),
    "مكتب*،": Prefix("مكتب"),
    "«مكتب*": Prefix("مكتب"),
    "مكتب*؟": Prefix("مكتب"),
    "al-Sad*": Prefix("al-Sad"),
    "(title:ab*": Prefix("title-ab"),
    "BBCالعر*": Prefix("BBC-العر"),
    "كِت*": Prefix("كِت"),
    "19*": Prefix("19"),
    # Inside or at the start; an Arabic keyboard has ؟ only.
    "م?تب": Wildcard("م?تب"),
    "م؟تب": Wildcard("م?تب"),
    "?كتب": Wildcard("?كتب"),
    "مكت*ات": Wildcard("مكت*ات"),
    "مكت***ات": Wildcard("مكت*ات"),
    "*تب": Wildcard("*تب"),
    "*كتب*": Wildcard("*كتب*"),
    "مكت?*": Wildcard("مكت?*"),
    "col*r": Wildcard("col*r"),
    "l'Or*nt": Wildcard("l'Or*nt"),
    "19?8": Wildcard("19?8"),
    "(م*تب؟!": Wildcard("م*تب"),
    # A question asked, not a letter left open.
    "الصحافة؟": Term("الصحافة؟"),
    "الصحافة؟!": Term("الصحافة؟!"),
    "what?": Term("what?"),
    "ن?": Term("ن?"),
    # By default one letter may differ in four of the stem, two in more.
    "كتب~": Fuzzy("كتب", 1),
    "كتاب~": Fuzzy("كتاب", 1),
    "والكتاب~": Fuzzy("والكتاب", 1),
    "مكتبة~": Fuzzy("مكتبة", 1),
    "الجزاير~": Fuzzy("الجزاير", 2),
    "كِتَاب~": Fuzzy("كِتَاب", 1),
    "كتاب~1": Fuzzy("كتاب", 1),
    "كتاب~2": Fuzzy("كتاب", 2),
    "كتاب~٢": Fuzzy("كتاب", 2),
    "كتاب~؟": Fuzzy("كتاب", 1),
    "كتاب~~": Fuzzy("كتاب", 1),
    "«كتاب~»": Fuzzy("كتاب", 1),
    "F-16*": Prefix("F-16"),
    "F16*": Prefix("F-16"),
    "U.S.A.*": Prefix("U.S.A"),
    "1.5~": Fuzzy("1.5", 1),
    # From one to the other, or around.
    "1914~1918": Term("1914~1918"),
    "5~10": Term("5~10"),
    "~50": Term("~50"),
    "a~b": Term("a~b"),
    "1914-1918": Term("1914-1918"),
    # One character that stands for words.
    "﷽": Term("﷽"),
    "(ﷺ)": Term("(ﷺ)"),
    "ﷺ*": Prefix("صلى-الله-عليه-وسلم"),
    # No letter, nothing to look for.
    "*": None,
    "**": None,
    "*؟": None,
    "~": None,
    "~2": Term("~2"),
    "؟": None,
    "ـ~": None,
    "…": None,
}

REFUSED = [
    ("ن*", "two letters before", "ن"),
    ("دار-ن*", "two letters before", "دار-ن"),
    ("*ن", "two letters beside", "ن"),
    ("?ن*", "two letters beside", "ن"),
    ("1914-19*8", "one word", "1914 19*8"),
    ("دار.ك*ب", "one word", "دار ك*ب"),
    ("BBCالع*بية", "one word", "BBCالع*بية"),
    ("*ك*ت*ب*", "at most 3 asterisks", "*ك*ت*ب"),
    ("ا*" * 400, "at most 3 asterisks", "ا*ا*ا*ا"),
    ("كت~", "three letters", "كت"),
    ("نـن~2", "three letters", "نـن"),
    ("كتاب~3", "1 or 2", "كتاب~2"),
    ("كتاب~0", "1 or 2", "كتاب~2"),
    ("كتاب~0.8", "1 or 2", "كتاب~2"),
    ("كتاب~" + "9" * 900, "1 or 2", "كتاب~2"),
    ("م?تبة~", "Leave one out", "م?تبة"),
    ("مكتب*~1", "Leave one out", "مكتب*"),
    ("al-Sadr~", "one word", "al Sadr~"),
    ("ﷻ~", "one word", "جل جلاله~"),
    ("F16~", "one word", "F 16~"),
]


class TestReadWord:
    @pytest.mark.parametrize("text", READ)
    def test_text_parses(self, text: str) -> None:
        assert read_word(text, Level.FAMILY) == READ[text]

    @pytest.mark.parametrize(
        ("level", "prefix"),
        [
            (Level.EXACT, Level.EXACT),
            (Level.FAMILY, Level.FAMILY),
            (Level.ROOT, Level.FAMILY),
        ],
    )
    def test_prefix_at_root_level_has_family_level(
        self, level: Level, prefix: Level
    ) -> None:
        assert read_word("مكتب*", level) == Prefix("مكتب", prefix)

    @pytest.mark.parametrize("level", Level)
    def test_word_has_the_given_level(self, level: Level) -> None:
        assert read_word("مكتب", level) == Term("مكتب", level)

    @pytest.mark.parametrize(("text", "sentence", "correction"), REFUSED)
    def test_syntax_error_has_a_correction(
        self, text: str, sentence: str, correction: str
    ) -> None:
        with translation.override("en"), pytest.raises(QuerySyntaxError) as caught:
            read_word(text, Level.FAMILY)
        with translation.override("en"):
            assert sentence in str(caught.value)
        assert caught.value.correction == correction


class TestSplitWords:
    def test_words_stay_as_typed_without_signs(self) -> None:
        assert split_words(" الوُزراء ،  OR -5 … ") == ("الوُزراء", "OR", "-5")
