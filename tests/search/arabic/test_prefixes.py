"""What a word begins with: behind its proclitics and where its ending begins."""

from pathlib import Path

import pytest

from search.arabic.normalize import fold, fold_prefix
from search.arabic.prefixes import has_prefix
from search.highlight.highlighter import Highlighter
from search.query.parse import parse
from tests.search.text_index import TextIndex

# What is typed before the asterisk, a word, and whether the word begins so.
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


class TestBeginsSo:
    @pytest.mark.parametrize(("beginning", "word", "expected"), WORDS)
    def test_of_each_word(self, beginning: str, word: str, expected: bool) -> None:
        assert has_prefix(fold(word), fold_prefix(beginning)) is expected

    @pytest.mark.parametrize("beginning", sorted({row[0] for row in WORDS}))
    def test_the_index_finds_what_is_marked(
        self, tmp_path: Path, beginning: str
    ) -> None:
        texts = [row[1] for row in WORDS]
        query = parse(f"{beginning}*")
        expected = {
            number
            for number, text in enumerate(texts, 1)
            if has_prefix(fold(text), fold_prefix(beginning))
        }
        assert TextIndex(tmp_path, texts).find(f"{beginning}*") == expected
        assert expected == {
            number
            for number, text in enumerate(texts, 1)
            if Highlighter(query).find(text)
        }
