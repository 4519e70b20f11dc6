"""Completion of a beginning, against a walk through the texts."""

from collections import Counter

import pytest

from search.arabic.normalize import fold
from search.engines.contract import Word
from search.fields import CONTENT
from search.query import Prefix
from tests.search.text_index import TextIndex

TEXTS = [
    "كتاب وكتابة ومكتبة",
    "كتاب الكتب كاتب",
    "كُتُب وكتاب كبير",
    "مكتوب كتابة كتاب كتاب",
    "كريم كاتب",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    return TextIndex(tmp_path_factory.mktemp("completion"), TEXTS, segments=2)


def complete(index: TextIndex, beginning: str, limit: int = 10) -> dict[str, int]:
    word = Word(Prefix(beginning), CONTENT)
    forms = index.engine.complete(word, limit=limit)
    return {form.surface: form.articles for form in forms}


class TestComplete:
    @pytest.mark.parametrize("beginning", ["ك", "كت", "كتا", "كُتُ", "مك", "وك", "زق"])
    def test_counts_are_those_of_the_texts(
        self, index: TextIndex, beginning: str
    ) -> None:
        texts = [{fold(word) for word in text.split()} for text in TEXTS]
        counts = Counter(word for text in texts for word in text)
        expected = {
            word: count
            for word, count in counts.items()
            if word.startswith(fold(beginning))
        }
        found = complete(index, beginning)
        assert found == expected
        assert list(found.values()) == sorted(found.values(), reverse=True)

    def test_the_most_frequent_are_taken(self, index: TextIndex) -> None:
        assert complete(index, "كت", limit=1) == {"كتاب": 3}
