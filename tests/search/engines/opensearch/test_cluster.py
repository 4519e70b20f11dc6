"""Writing to a cluster: generations, refusals, and nodes that do not answer."""

from collections.abc import Callable, Iterator

import pytest

from search.engines.contract import Document, EngineRequest
from search.engines.opensearch import cluster as nodes
from search.engines.opensearch import generations
from search.engines.opensearch.backend import OpenSearchBackend
from search.engines.opensearch.cluster import Cluster
from search.errors import IndexUnavailable, QueryTooExpensive
from search.query import Everything, Prefix, Query
from tests.search.engines.opensearch.conftest import make_documents

pytestmark = [pytest.mark.opensearch, pytest.mark.slow]

MakeCluster = Callable[..., OpenSearchBackend]

_FEW = make_documents()[:6]


def _total(engine: OpenSearchBackend, query: Query | None = None) -> int:
    return engine.run(EngineRequest(query or Everything(), limit=0)).total


class TestGenerations:
    def test_life_of_an_index(self, make_cluster: MakeCluster) -> None:
        engine = make_cluster(IDENTITY="tests.search.engines.opensearch.names.identity")
        for call in (engine.status, lambda: _total(engine)):
            with pytest.raises(IndexUnavailable, match="rebuild_index"):
                call()
        engine.apply(_FEW[:2], [], merge_all=False)
        engine.apply(_FEW[1:4], ["archive.article.1", "absent"], merge_all=False)
        first = engine.status()
        assert (first.documents, first.current, first.identity) == (
            3,
            True,
            "archive-1",
        )
        assert first.size > 0
        assert engine.build([_FEW[:3], _FEW[3:]]) == 6
        assert _total(engine) == 6
        second = engine.status().generation
        assert second != first.generation
        # What is searched now, and what was before it, for a way back.
        engine.build([_FEW[:1]])
        assert _list_generations(engine) == {second, engine.status().generation}
        engine.clear()
        assert _total(engine) == 0

    def test_failed_build_leaves_the_index_as_it_is(
        self, make_cluster: MakeCluster
    ) -> None:
        engine = make_cluster()
        engine.build([_FEW])
        before = engine.status().generation

        def broken() -> Iterator[Document]:
            yield _FEW[0]
            raise RuntimeError("the database is gone")

        with pytest.raises(RuntimeError, match="gone"):
            engine.build([broken()])
        assert engine.status().generation == before
        assert _list_generations(engine) == {before}
        assert _total(engine) == 6

    def test_index_of_other_code_is_not_current(
        self, make_cluster: MakeCluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engine = make_cluster()
        engine.build([_FEW])
        monkeypatch.setattr(generations, "ANALYZER_VERSION", -1)
        assert not engine.status().current

    def test_index_that_cannot_be_made_is_an_error(
        self, make_cluster: MakeCluster
    ) -> None:
        engine = make_cluster(SHARDS=100_000)
        with pytest.raises(IndexUnavailable):
            engine.build([_FEW])

    def test_other_indexes_are_left_alone(self, make_cluster: MakeCluster) -> None:
        first = make_cluster()
        name = first.generations.name
        second = make_cluster(INDEX_NAME=f"{name}_other")
        for engine in (first, second):
            engine.build([_FEW])
        foreign = f"{name}-notes"
        first.cluster.ask(lambda client: client.indices.create(index=foreign))
        first.build([_FEW[:2]])
        first.build([_FEW[:3]])
        assert (_total(first), _total(second)) == (3, 6)
        assert first.cluster.ask(lambda client: client.indices.exists(index=foreign))

    def test_live_index_is_never_discarded(
        self, make_cluster: MakeCluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The aliases were moved, and the cluster failed after that."""
        engine = make_cluster()

        def fail(*_keep: object) -> None:
            raise IndexUnavailable("gone")

        monkeypatch.setattr(engine.generations, "_delete_all_but", fail)
        with pytest.raises(IndexUnavailable, match="gone"):
            engine.build([_FEW])
        assert _total(engine) == 6


class TestRefusals:
    def test_refused_document_is_named_and_the_others_are_written(
        self, make_cluster: MakeCluster
    ) -> None:
        engine = make_cluster()
        bad = {**_FEW[0], "id": "archive.article.77", "published_first": 2**70}
        with pytest.raises(IndexUnavailable) as caught:
            engine.apply([bad, *_FEW], [], merge_all=False)
        assert "archive.article.77" in str(caught.value)
        engine.apply([], [], merge_all=False)
        assert _total(engine) == 6

    def test_full_disk_is_told_and_passes(self, make_cluster: MakeCluster) -> None:
        engine = make_cluster()
        engine.build([_FEW[:2]])

        def close(closed: str | None) -> None:
            body = {"index.blocks.read_only_allow_delete": closed}
            index = engine.generations.name
            engine.cluster.ask(
                lambda client: client.indices.put_settings(index=index, body=body)
            )

        close("true")
        with pytest.raises(IndexUnavailable, match="قرص") as caught:
            engine.apply(_FEW[2:3], [], merge_all=False)
        assert "read-only" in str(caught.value.fragment)
        assert _total(engine) == 2
        close(None)
        engine.apply(_FEW[2:3], [], merge_all=False)
        assert _total(engine) == 3

    def test_long_word_is_indexed_by_its_beginning(
        self, make_cluster: MakeCluster
    ) -> None:
        engine = make_cluster()
        word = "كتاب" * 20_000
        engine.apply([{**_FEW[0], "text": [word]}], [], merge_all=False)
        assert _total(engine, Prefix("كتابكتاب")) == 1

    def test_phrase_of_too_many_words_is_refused_with_a_sentence(
        self, make_cluster: MakeCluster
    ) -> None:
        engine = make_cluster()
        letters = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
        pairs = [a + b for a in letters for b in letters]
        text = " ".join(f"عبد الرح{pair}{last}" for pair in pairs for last in "اوي")
        engine.apply([{**_FEW[0], "text": [text]}], [], merge_all=False)
        assert _total(engine, Prefix("الرح")) == 1
        with pytest.raises(QueryTooExpensive, match="كلمة"):
            _total(engine, Prefix("عبدالرح"))


class TestNodes:
    def test_silent_cluster_is_unavailable(
        self, make_cluster: MakeCluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(nodes, "_FIRST_WAIT", 0)
        engine = make_cluster(URL=["http://127.0.0.1:9", "http://127.0.0.1:19"])
        for call in (
            engine.status,
            lambda: _total(engine),
            lambda: engine.apply(_FEW, [], merge_all=False),
            lambda: engine.build([_FEW]),
            lambda: list(engine.iter_hashes()),
        ):
            with pytest.raises(IndexUnavailable):
                call()

    def test_a_dead_node_is_passed_over(
        self, make_cluster: MakeCluster, opensearch_urls: list[str]
    ) -> None:
        engine = make_cluster(URL=["http://127.0.0.1:9", *opensearch_urls])
        engine.build([_FEW])
        assert {_total(engine) for _time in range(6)} == {6}

    def test_busy_node_is_asked_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(nodes, "_FIRST_WAIT", 0)
        cluster = Cluster(["http://127.0.0.1:9"])
        tries = iter([nodes.TransportError(429, "busy"), nodes.TransportError(503, "")])

        def call(client: object) -> str:
            for error in tries:
                raise error
            return "answered"

        assert cluster.ask(call) == "answered"

    def test_time_that_is_over_is_told(self) -> None:
        with pytest.raises(QueryTooExpensive):
            nodes.check_answer({"timed_out": True})
        with pytest.raises(IndexUnavailable):
            nodes.check_answer({"timed_out": False, "_shards": {"failed": 1}})


def _list_generations(engine: OpenSearchBackend) -> set[str]:
    name = engine.generations.name
    found = engine.cluster.ask(
        lambda client: client.indices.get_alias(index=f"{name}-*")
    )
    return {index for index in found if not index.endswith(".words")}
