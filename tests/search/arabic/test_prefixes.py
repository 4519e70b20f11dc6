"""Prefixes: matched before and after proclitics, and up to the suffix."""

from pathlib import Path

import pytest

from search.arabic.normalize import fold, fold_prefix
from search.arabic.prefixes import has_prefix
from search.highlight.highlighter import Highlighter
from search.query.parse import parse
from tests.search.text_index import TextIndex

# Prefix, word, and whether it matches.
WORDS = [
    ("مكتب", "مكتبة", True),
    ("مكتب", "وللمكتبات", True),
    ("مكتبة", "المكتبة", True),
    ("مكتبة", "وبالمكتبة", True),
    ("مكتبة", "المكتبات", False),
    ("جامعات", "للجامعات", True),
    ("جامعات", "جامعة", False),
    ("مدرسو", "والمدرسون", True),
    ("كتابه", "وكتابهم", True),
    ("المقاوم", "والمقاومة", True),
    ("المقاوم", "للمقاومة", True),
    ("المقاوم", "مقاومة", False),
    ("المقاوم", "بمقاومة", False),
    ("والمقاوم", "والمقاومة", True),
    ("والمقاوم", "المقاومة", False),
    ("لدة", "والدة", False),
    ("الد", "والد", False),
    ("قاومة", "المقاومة", False),
    ("الل", "والله", True),
    ("librar", "libraries", True),
]


class TestHasPrefix:
    @pytest.mark.parametrize(("prefix", "word", "expected"), WORDS)
    def test_word_has_prefix_or_not(
        self, prefix: str, word: str, expected: bool
    ) -> None:
        assert has_prefix(fold(word), fold_prefix(prefix)) is expected

    @pytest.mark.parametrize("prefix", sorted({row[0] for row in WORDS}))
    def test_index_and_highlighter_agree(self, tmp_path: Path, prefix: str) -> None:
        texts = [row[1] for row in WORDS]
        query = parse(f"{prefix}*")
        expected = {
            number
            for number, text in enumerate(texts, 1)
            if has_prefix(fold(text), fold_prefix(prefix))
        }
        assert TextIndex(tmp_path, texts).find(f"{prefix}*") == expected
        assert expected == {
            number
            for number, text in enumerate(texts, 1)
            if Highlighter(query).find(text)
        }
