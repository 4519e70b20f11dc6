"""Tokens come out sorted, however many runs they are sorted in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh.writing.inversion import TokenBuffer, rank_terms
from search.engines.whoosh.writing.spill import SpillFolder

# Of each document, the term ids of its parts.
DOCUMENTS = st.lists(
    st.lists(st.lists(st.integers(0, 5), max_size=6), max_size=3), max_size=12
)
GAP = 10


class TestTokenBuffer:
    @pytest.mark.usefixtures("run_tokens", "tiny_buffers")
    @settings(max_examples=settings().max_examples // 5)
    @given(DOCUMENTS, st.permutations(range(6)), st.booleans())
    def test_tokens_are_sorted_by_list_document_and_position(
        self, documents: list[list[list[int]]], lists: list[int], one_by_one: bool
    ) -> None:
        # One of the terms has no posting list.
        lists = [-1 if number == 5 else number for number in lists]
        buffer = TokenBuffer(SpillFolder())
        expected = []
        for document, parts in enumerate(documents):
            position = 0
            for part in parts:
                if one_by_one:
                    buffer.add(part, position=position)
                for at, term_id in enumerate(part):
                    expected.append((lists[term_id], document, position + at))
                position += len(part) + (GAP if part else 0)
            if one_by_one:
                buffer.end_document()
        if not one_by_one:
            _extend(buffer, documents)
        tokens = [
            token
            for batch in buffer.iter_sorted(np.array(lists), 5)
            for token in zip(*(column.tolist() for column in batch), strict=True)
        ]
        assert tokens == sorted(token for token in expected if token[0] >= 0)
        sizes = [sum(map(len, parts)) for parts in documents]
        assert buffer.lengths.tolist() == sizes


def _extend(buffer: TokenBuffer, documents: list[list[list[int]]]) -> None:
    parts = [part for document in documents for part in document]
    buffer.extend(
        np.array([term_id for part in parts for term_id in part], np.uint32),
        np.array([len(part) for part in parts], np.uint32),
        np.array([len(document) for document in documents], np.int64),
        gap=GAP,
    )


class TestRankTerms:
    @given(st.lists(st.binary(max_size=3)))
    def test_ordinals_are_those_among_the_sorted_distinct_terms(
        self, terms: list[bytes]
    ) -> None:
        distinct, ordinals = rank_terms(terms)
        assert distinct == sorted(set(terms))
        assert [distinct[ordinal] for ordinal in ordinals.tolist()] == terms
