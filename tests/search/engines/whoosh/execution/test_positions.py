"""Positions of terms in some documents, and the bounds of nearness."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as q

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.postings_reader import PostingsReader
from search.engines.whoosh.query.expansion import expand
from search.engines.whoosh.query.nodes import Family, Root
from search.fields import CONTENT
from tests.search.text_index import TextIndex

_WORDS = ("كتاب", "كتب", "مكتبة", "الكتاب", "درس", "قلم")
# Tokens of a text whose last positions do not fit into two bytes.
_FAR = 70_000


def _texts() -> list[str]:
    long = "درس " * _FAR + "كتاب قلم كتاب"
    texts = [" ".join(_WORDS[: at % 7]) + " كتاب" * (at % 3) for at in range(30)]
    return [*texts[:20], long, *texts[20:]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    return TextIndex(tmp_path_factory.mktemp("positions"), _texts(), segments=2)


def _pairs(docs: Array, positions: Array) -> list[tuple[int, int]]:
    return sorted(zip(docs.tolist(), positions.tolist(), strict=True))


def _count_tokens(index: TextIndex, term: q.Query) -> int:
    expanded = expand(index.snapshot, term)
    return sum(
        int(field.total_term_freqs(expanded(field)).sum())
        for _base, field in index.snapshot.fields(CONTENT)
    )


class TestPositionsIn:
    @given(st.sets(st.integers(0, 30)), st.sampled_from(["كتاب", "درس", "قلم", "غاب"]))
    def test_positions_of_flagged_documents_are_read_alone(
        self, index: TextIndex, wanted: set[int], word: str
    ) -> None:
        reader = PostingsReader(index.snapshot)
        flags = np.zeros(index.snapshot.max_doc, bool)
        flags[sorted(wanted)] = True
        for term in (Family(CONTENT, word), Root(CONTENT, "كتب")):
            postings = reader.read(term)
            every = _pairs(*postings.positions_in(reader.flags(term)))
            assert len(every) == _count_tokens(index, term)
            expected = [(doc, at) for doc, at in every if doc in wanted]
            assert _pairs(*postings.positions_in(flags)) == expected


class TestLongText:
    def test_phrase_beyond_65535_positions_matches(self, index: TextIndex) -> None:
        assert index.find('"درس كتاب قلم كتاب"') == {21}
        assert index.find('"كتاب درس قلم"~2') >= {21}


class TestParts:
    @pytest.mark.parametrize("distance", [5, 99, 100, 101, 999])
    def test_near_words_in_title_and_body_do_not_match(
        self, tmp_path: Path, distance: int
    ) -> None:
        texts = [("طنجة", "عدن"), ("", "طنجة عدن"), ("طنجة " + "ثم " * 900 + "عدن", "")]
        index = TextIndex(tmp_path, texts)
        expected = {2, 3} if distance > 900 else {2}
        assert index.find(f'"طنجة عدن"~{distance}') == expected
