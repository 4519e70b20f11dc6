"""Where words stand: the places of some documents, and the bounds of nearness."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as q

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.postings_reader import PostingsReader
from search.engines.whoosh.query.expansion import expand
from search.engines.whoosh.query.nodes import Family, Root
from search.fields import CONTENT
from tests.search.text_index import TextIndex

_WORDS = ("كتاب", "كتب", "مكتبة", "الكتاب", "درس", "قلم")
# So long a text that its last places do not fit two bytes.
_FAR = 70_000


def _texts() -> list[str]:
    long = "درس " * _FAR + "كتاب قلم كتاب"
    texts = [" ".join(_WORDS[: at % 7]) + " كتاب" * (at % 3) for at in range(30)]
    return [*texts[:20], long, *texts[20:]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    return TextIndex(tmp_path_factory.mktemp("places"), _texts(), segments=2)


def _pairs(docs: Array, places: Array) -> list[tuple[int, int]]:
    return sorted(zip(docs.tolist(), places.tolist(), strict=True))


def _count_tokens(index: TextIndex, leaf: q.Query) -> int:
    choose = expand(index.snapshot, leaf)
    return sum(
        int(field.total_term_freqs(choose(field)).sum())
        for _base, field in index.snapshot.fields(CONTENT)
    )


class TestTokensIn:
    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(st.sets(st.integers(0, 30)), st.sampled_from(["كتاب", "درس", "قلم", "غاب"]))
    def test_they_are_the_tokens_of_the_wanted_documents(
        self, index: TextIndex, wanted: set[int], word: str
    ) -> None:
        leaves = PostingsReader(index.snapshot)
        flags = np.zeros(index.snapshot.max_doc, bool)
        flags[sorted(wanted)] = True
        for leaf in (Family(CONTENT, word), Root(CONTENT, "كتب")):
            postings = leaves.find(leaf)
            every = _pairs(*postings.tokens_in(leaves.flags(leaf)))
            assert len(every) == _count_tokens(index, leaf)
            expected = [(doc, place) for doc, place in every if doc in wanted]
            assert _pairs(*postings.tokens_in(flags)) == expected


class TestPlaces:
    def test_the_end_of_a_long_text_is_found(self, index: TextIndex) -> None:
        assert index.find('"درس كتاب قلم كتاب"') == {21}
        assert index.find('"كتاب درس قلم"~2') >= {21}


class TestParts:
    @pytest.mark.parametrize("distance", [5, 99, 100, 101, 999])
    def test_no_nearness_reaches_from_a_title_into_a_text(
        self, tmp_path: Path, distance: int
    ) -> None:
        texts = [("طنجة", "عدن"), ("", "طنجة عدن"), ("طنجة " + "ثم " * 900 + "عدن", "")]
        index = TextIndex(tmp_path, texts)
        expected = {2, 3} if distance > 900 else {2}
        assert index.find(f'"طنجة عدن"~{distance}') == expected
