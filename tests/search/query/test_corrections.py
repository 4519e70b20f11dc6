"""What a refusal offers: cut, closed, or the bare words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.corrections import balance, cut, keep_words
from search.query.lexer import Kind, scan
from search.query.parse import MAX_LENGTH, parse
from search.query.parser import MAX_DEPTH, MAX_WORDS
from tests.search.query_texts import query_texts


class TestCut:
    @pytest.mark.parametrize(
        ("text", "limit", "found"),
        [
            ("نفط غاز", 7, "نفط غاز"),
            ("نفط غاز", 6, "نفط"),
            ("نفط غاز", 4, "نفط"),
            ("نفط غاز", 3, "نفط"),
            ("نفط غاز", 2, "نف"),
            ("  نفط   غاز  ", 7, "نفط غاز"),
            ("(نفط غاز", 9, "(نفط غاز)"),
            ("(نفط غاز فحم)", 10, "(نفط غاز)"),
            ("«نفط غاز فحم»", 10, "«نفط غاز»"),
            ("", 3, ""),
        ],
    )
    def test_it_ends_with_a_whole_word(self, text: str, limit: int, found: str) -> None:
        assert cut(text, limit, depth=1) == found

    @given(query_texts(), st.integers(1, 60), st.integers(0, 3))
    def test_it_is_never_longer_than_the_limit(
        self, text: str, limit: int, depth: int
    ) -> None:
        assert len(cut(text, limit, depth=depth)) <= limit


class TestBalance:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("نفط (غاز", "نفط (غاز)"),
            ("نفط) (غاز)", "نفط (غاز)"),
            ("((نفط) (غاز))", "((نفط) (غاز))"),
            ("(((نفط)) غاز)", "((نفط) غاز)"),
            ("(«نفط (غاز", "(«نفط (غاز»)"),
            ("a(((b)))c", "a(( b ))c"),
        ],
    )
    def test_every_parenthesis_has_its_partner(self, text: str, found: str) -> None:
        assert balance(text, depth=2).replace(" ", "") == found.replace(" ", "")

    def test_what_a_parenthesis_parted_stays_apart(self) -> None:
        assert balance("نفط)غاز", depth=1) == "نفط غاز"

    @given(query_texts())
    def test_it_finds_nothing_more_to_balance(self, text: str) -> None:
        once = balance(text, depth=2)
        assert balance(once, depth=2) == once


class TestKeepWords:
    @pytest.mark.parametrize(
        ("text", "limit", "found"),
        [
            ("نفط OR غاز", 9, "نفط غاز"),
            ("-عنوان:«نفط أو غاز»", 9, "عنوان نفط غاز"),
            ("l'Orient ... ن*", 9, "l'Orient ن"),
            ("نفط غاز فحم", 2, "نفط غاز"),
            ("( ؟", 9, ""),
        ],
    )
    def test_it_leaves_operators_out(self, text: str, limit: int, found: str) -> None:
        assert keep_words(text, limit) == found

    @given(query_texts())
    def test_nothing_but_words_is_left(self, text: str) -> None:
        assert {lexeme.kind for lexeme in scan(keep_words(text, 9))} <= {Kind.WORD}


class TestLimits:
    def test_a_query_just_within_all_of_them_is_read(self) -> None:
        parse(" ".join(["نفط"] * MAX_WORDS))
        parse("(" * MAX_DEPTH + "نفط" + ")" * MAX_DEPTH)
        parse("ن" * MAX_LENGTH)
