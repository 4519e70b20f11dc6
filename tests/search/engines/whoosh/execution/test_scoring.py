"""A document's score is its own: whatever is scored beside it, and asked for before."""

from random import Random
from threading import Event, Thread, current_thread, main_thread
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as q

from search.engines.whoosh.caches import LruCache
from search.engines.whoosh.execution import term_postings
from search.engines.whoosh.execution.bm25 import TfWeights, tf_weights
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.scoring import Scoring
from search.engines.whoosh.execution.term_postings import TermPostings
from search.engines.whoosh.index.snapshot import Snapshot
from tests.search.engines.whoosh.execution.oracle_model import (
    WORDS,
    make_documents,
    own_index,
    split,
)
from tests.search.engines.whoosh.execution.oracle_queries import queries

# So many that a word of few documents is looked for otherwise than one of many.
TIMES = 12
SEVERAL = (1, 3, 20)


def _documents() -> list[dict[str, object]]:
    """Those of the oracle many times over, with some words rare and some in most."""
    random = Random(7)
    weights = [1 / (at + 1) for at in range(len(WORDS))]
    return [
        document
        | {
            "id": f"{time} {document['id']}",
            "text": " ".join(random.choices(WORDS, weights, k=random.randrange(14))),
        }
        for time in range(TIMES)
        for document in make_documents()
    ]


@pytest.fixture(scope="module", params=["one segment", "three segments"])
def snapshot(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Snapshot:
    documents = _documents()
    gone = [str(document["id"]) for document in documents[::25]]
    index = own_index(
        tmp_path_factory.mktemp("scores") / "index",
        split(documents, [100, 640]),
        gone,
        optimize=request.param == "one segment",
    )
    return Snapshot(index.reader())


def _start(snapshot: Snapshot) -> Matching:
    """A search on a snapshot of its own, with empty caches."""
    return Matching(Snapshot(snapshot.reader), caches=True)


def _ask(matching: Matching, leaf: q.Query) -> TermPostings:
    Scoring(matching, matching.find(leaf)).score(leaf)
    matching.postings.store()
    return matching.postings.read(leaf)


class TestScoring:
    @given(query=queries(negated=True), seed=st.integers(0, 99))
    def test_score_does_not_depend_on_what_else_is_scored(
        self, snapshot: Snapshot, query: q.Query, seed: int
    ) -> None:
        matching = _start(snapshot)
        docs = matching.find(query)
        every = Scoring(matching, docs).score(query)
        for count in SEVERAL:
            chosen = sorted(
                Random(seed).sample(range(docs.size), min(count, docs.size))
            )
            for search in (matching, _start(snapshot)):
                scores = Scoring(search, docs[chosen]).score(query)
                assert np.array_equal(scores, every[chosen])

    @given(query=queries(negated=True))
    def test_cached_postings_do_not_change_scores(
        self, snapshot: Snapshot, query: q.Query
    ) -> None:
        first = _start(snapshot)
        expected = first.find(query)
        scores = Scoring(first, expected).score(query)
        first.postings.store()
        for _time in range(3):
            later = Matching(first.snapshot, caches=True)
            docs = later.find(query)
            assert np.array_equal(docs, expected)
            assert np.array_equal(Scoring(later, docs).score(query), scores)
            later.postings.store()


class TestCachedPostings:
    def test_equal_term_gets_the_same_postings(self, snapshot: Snapshot) -> None:
        search = _start(snapshot)
        read = _ask(search, q.Term("text", "كتاب"))
        later = Matching(search.snapshot, caches=True)
        assert later.postings.read(q.Term("text", "كتاب")) is read
        assert later.postings.read(q.Term("words", "كتاب")) is not read

    @pytest.mark.parametrize(("word", "common"), [("كتاب", True), ("presses", False)])
    def test_weights_are_cached_without_postings(
        self, snapshot: Snapshot, word: str, common: bool
    ) -> None:
        nothing = _start(snapshot).postings.read(q.Term("text", "غاب"))
        read = _ask(_start(snapshot), q.Term("text", word))
        assert (2 * read.doc_freq >= snapshot.max_doc) == common
        # A weight for each document, or beside it the number of each that has the word.
        expected = 4 * snapshot.max_doc if common else 8 * read.doc_freq
        assert read.nbytes - nothing.nbytes == expected > 0

    def test_weights_made_by_two_searches_at_once_are_counted(
        self, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        word = q.Term("text", "presses")
        search = _start(snapshot)
        search.postings.read(word)
        search.postings.store()
        slow, fast = (Matching(search.snapshot, caches=True) for _ in range(2))
        shared = slow.postings.read(word)
        assert fast.postings.read(word) is shared
        begun, go_on = Event(), Event()

        def weigh_slowly(*given: Any) -> TfWeights:
            if current_thread() is not main_thread():
                begun.set()
                assert go_on.wait(10)
            return tf_weights(*given)

        monkeypatch.setattr(term_postings, "tf_weights", weigh_slowly)
        other = Thread(target=_ask, args=(slow, word))
        other.start()
        assert begun.wait(10)
        _ask(fast, word)
        go_on.set()
        other.join()
        assert search.snapshot.postings_cache.nbytes == shared.nbytes

    def test_terms_without_documents_are_evicted(self, snapshot: Snapshot) -> None:
        search = _start(snapshot)
        cache: LruCache[TermPostings] = LruCache(10_000)
        search.snapshot.postings_cache = cache
        for number in range(100):
            _ask(Matching(search.snapshot, caches=True), q.Term("text", f"غاب{number}"))
        assert 0 < len(list(cache)) < 10
