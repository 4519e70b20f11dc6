"""Wildcards matched on arrays, against regular expressions term by term."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.wildcards import compile_pattern
from search.engines.whoosh.codec.segment_file import SegmentFile, write_segment_file
from search.engines.whoosh.codec.term_dict import TermDict, TermLetters, pack_terms
from search.engines.whoosh.query.wildcard_match import match_wildcard

# Repeated letters, letters of several scripts, and beyond the basic plane.
_LETTERS = "ابتa1𞸀"
_WORDS = st.lists(st.text(_LETTERS, min_size=1, max_size=7), max_size=60, unique=True)


def _letters(folder: Path, words: list[str]) -> tuple[TermLetters, list[str]]:
    terms = sorted(word.encode() for word in words)
    path = folder / "terms"
    write_segment_file(path, {}, dict(pack_terms("terms", terms)))
    return TermDict(SegmentFile(path), "terms").letters(), [t.decode() for t in terms]


class TestMatchWildcard:
    @given(words=_WORDS, pattern=st.text(_LETTERS + "**??", min_size=1, max_size=8))
    def test_ordinals_are_those_of_a_regular_expression(
        self, tmp_path_factory: pytest.TempPathFactory, words: list[str], pattern: str
    ) -> None:
        letters, terms = _letters(tmp_path_factory.mktemp("terms"), words)
        expected = [
            ordinal
            for ordinal, term in enumerate(terms)
            if compile_pattern(pattern).fullmatch(term)
        ]
        assert match_wildcard(letters, pattern, 0, len(terms)).tolist() == expected

    def test_ordinals_are_within_the_range(self, tmp_path: Path) -> None:
        letters, _terms = _letters(tmp_path, ["ابت", "اتب", "باب", "تاب"])
        assert match_wildcard(letters, "*ب*", 1, 3).tolist() == [1, 2]
