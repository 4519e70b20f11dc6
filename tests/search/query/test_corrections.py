"""What a refusal offers: cut, closed, or the bare words."""

import pytest
from hypothesis import example, given
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
    def test_cut_text_ends_with_a_whole_word(
        self, text: str, limit: int, found: str
    ) -> None:
        assert cut(text, limit, depth=1) == found

    @given(query_texts(), st.integers(1, 60), st.integers(0, 3))
    def test_cut_text_is_within_the_limit(
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
    def test_unbalanced_parentheses_are_closed_or_removed(
        self, text: str, found: str
    ) -> None:
        assert balance(text, depth=2).replace(" ", "") == found.replace(" ", "")

    def test_words_around_a_removed_parenthesis_stay_apart(self) -> None:
        assert balance("نفط)غاز", depth=1) == "نفط غاز"

    @example('""~')
    @example('"نفط"~ «غاز')
    @given(query_texts())
    def test_balanced_text_does_not_change(self, text: str) -> None:
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
    def test_operators_are_left_out(self, text: str, limit: int, found: str) -> None:
        assert keep_words(text, limit) == found

    @given(query_texts())
    def test_kept_words_parse_to_terms(self, text: str) -> None:
        assert {lexeme.kind for lexeme in scan(keep_words(text, 9))} <= {Kind.WORD}


class TestLimits:
    def test_query_at_every_limit_is_parsed(self) -> None:
        parse(" ".join(["نفط"] * MAX_WORDS))
        parse("(" * MAX_DEPTH + "نفط" + ")" * MAX_DEPTH)
        parse("ن" * MAX_LENGTH)
