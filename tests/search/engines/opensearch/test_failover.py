"""Nodes that are killed: one of three, and all that there are.

Run by ``--engine opensearch``; ``SIJILL_TEST_FAILOVER=2000`` is the number of searches
and of saves during which a node dies.
"""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from search.engines.contract import Document, EngineRequest
from search.engines.opensearch.backend import OpenSearchBackend
from search.errors import IndexUnavailable
from search.indexing import outbox
from search.indexing.connections import site_engine
from search.indexing.indexer import drain
from search.indexing.outbox import enqueue
from search.query.parse import parse
from tests import opensearch_server
from tests.opensearch_server import Node
from tests.search import engine_choice
from tests.search.conftest import index_under
from tests.search.engines.opensearch.conftest import make_documents
from tests.search.library import build_library

pytestmark = pytest.mark.cluster

_COUNT = int(os.environ.get("SIJILL_TEST_FAILOVER", "150"))
_HELD = 300


@pytest.fixture
def start() -> Iterator[Callable[[int], list[Node]]]:
    """Starts clusters of so many nodes."""
    home = opensearch_server.find()
    if home is None:
        pytest.skip(opensearch_server.ABSENT)
    with ExitStack() as stack:
        yield lambda count: stack.enter_context(opensearch_server.running(home, count))


def _numbered(number: int, word: str) -> Document:
    return {
        **make_documents()[0],
        "id": f"archive.article.{number}",
        "article_id": number,
        "text": [f"{word} في المقال"],
        "document_hash": number,
    }


class _Load:
    """Searches and saves that go on while a node dies."""

    def __init__(self, engine: OpenSearchBackend) -> None:
        self.engine = engine
        self.wrong: list[int] = []
        self.refused = 0
        self._lock = threading.Lock()

    def search(self, _number: int) -> None:
        try:
            answer = self.engine.run(EngineRequest(parse("=ثابت"), limit=5))
        except IndexUnavailable:
            with self._lock:
                self.refused += 1
            return
        if answer.total != _HELD:
            self.wrong.append(answer.total)

    def save(self, number: int) -> None:
        """Write until it is written, as the outbox does."""
        document = _numbered(10_000 + number, "جديد")
        while True:
            try:
                self.engine.apply([document], [], merge_all=False)
            except IndexUnavailable:
                continue
            return


class TestOneOfThree:
    def test_kill_9_loses_nothing_and_answers_nothing_wrong(
        self, start: Callable[[int], list[Node]]
    ) -> None:
        nodes = start(3)
        engine = OpenSearchBackend(
            "default",
            URL=[node.url for node in nodes],
            INDEX_NAME="failover",
            SHARDS=3,
            TIMEOUT=60,
            SILENTLY_FAIL=False,
        )
        engine.build([[_numbered(at, "ثابت") for at in range(1, _HELD + 1)]])
        load = _Load(engine)
        with ThreadPoolExecutor(4) as searching, ThreadPoolExecutor(1) as saving:
            searches = [searching.submit(load.search, at) for at in range(_COUNT)]
            saves = [saving.submit(load.save, at) for at in range(_COUNT)]
            saves[_COUNT // 3].result()
            nodes[2].kill()
            for one in (*searches, *saves):
                one.result()
        assert load.wrong == []
        # Requests in flight are repeated; few wait longer than all tries take.
        assert load.refused < _COUNT / 2
        request = EngineRequest(parse("=جديد"), limit=0)
        assert engine.run(request).total == _COUNT
        assert len(list(engine.iter_hashes())) == _HELD + _COUNT
        nodes[2].start()
        opensearch_server.wait_until_green(nodes)
        assert engine.run(request).total == _COUNT


@pytest.mark.django_db
class TestNoneLeft:
    def test_saves_and_pages_go_on_and_the_outbox_is_drained_later(
        self, start: Callable[[int], list[Node]], client: Client, tmp_path: Path
    ) -> None:
        nodes = start(1)
        with engine_choice.chosen([node.url for node in nodes]), index_under(tmp_path):
            library = build_library()
            enqueue(article.pk for article in library.articles.values())
            drain()
            results = reverse("search:results")
            assert client.get(results, {"q": "مكتبة"}).status_code == 200
            nodes[0].kill()

            article = library.articles["tatweel"]
            article.title = "عنوان الزبرجد"
            article.save()
            enqueue([article.pk])
            with pytest.raises(IndexUnavailable):
                drain()
            assert not outbox.is_empty()
            assert client.get(article.get_absolute_url()).status_code == 200
            answer = client.get(results, {"q": "الزبرجد"})
            assert answer.status_code == 503
            assert "خوادم البحث لا تجيب" in answer.content.decode()

            nodes[0].start()
            opensearch_server.wait_until_green(nodes)
            drain()
            assert outbox.is_empty()
            request = EngineRequest(parse("الزبرجد"))
            assert [hit.article_id for hit in site_engine().run(request).hits] == [
                article.pk
            ]
