"""A real archive and a real index for every test that asks for ``library``."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from haystack import connections

from search.indexing.indexer import drain
from search.indexing.outbox import enqueue
from tests import shared_rows
from tests.search import engine_choice
from tests.search.library import Library, build_library


@contextmanager
def index_under(data_dir: Path) -> Iterator[None]:
    """Make the site keep its index and its lock under *data_dir*."""
    before = connections.connections_info
    engine = engine_choice.options_under(data_dir)
    with override_settings(DATA_DIR=data_dir, HAYSTACK_CONNECTIONS={"default": engine}):
        # Haystack read the setting when it was imported; other threads read it here.
        connections.connections_info = settings.HAYSTACK_CONNECTIONS
        connections.reload("default")
        yield
    connections.connections_info = before
    connections.thread_local.connections.clear()
    engine_choice.remove(engine)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests with ``both_engines`` on both."""
    if metafunc.definition.get_closest_marker("both_engines"):
        cluster = pytest.param(engine_choice.OPENSEARCH, marks=pytest.mark.opensearch)
        names = [engine_choice.WHOOSH, cluster]
        metafunc.parametrize("engine_name", names, indirect=True)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what kills nodes, but where the tests run on a cluster."""
    if config.getoption("--engine", engine_choice.WHOOSH) == engine_choice.OPENSEARCH:
        return
    left = [item for item in items if item.get_closest_marker("cluster")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> Iterator[str]:
    """The engine that a test runs on."""
    asked = getattr(
        request, "param", request.config.getoption("--engine", engine_choice.WHOOSH)
    )
    is_cluster = asked == engine_choice.OPENSEARCH
    if is_cluster and (mark := request.node.get_closest_marker("embedded")):
        pytest.skip(mark.args[0])
    urls = request.getfixturevalue("opensearch_urls") if is_cluster else []
    with engine_choice.chosen(urls):
        yield asked


@pytest.fixture
def no_index(engine_name: str, tmp_path: Path) -> Iterator[Path]:
    """The site's data directory, empty: there is no index yet."""
    with index_under(tmp_path):
        yield tmp_path


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index of the library is kept once a test has built it."""
    return tmp_path_factory.mktemp("library") / "index"


@pytest.fixture(scope="session")
def shared_index() -> engine_choice.SharedIndex:
    """The index of the library on a cluster."""
    return engine_choice.SharedIndex()


@shared_rows.layer("library")
def _write_library(request: pytest.FixtureRequest) -> Library:
    return build_library()


@pytest.fixture
def library(
    request: pytest.FixtureRequest,
    db: None,
    no_index: Path,
    built_index: Path,
    shared_index: engine_choice.SharedIndex,
) -> Iterator[Library]:
    """The library in the database, and a copy of its index to search and to change.

    With ``transactional_db`` too, what a test commits is really committed.
    """
    library: Library = shared_rows.take("library", request)

    def fill() -> None:
        enqueue(article.pk for article in library.articles.values())
        drain()

    if engine_choice.is_cluster():
        with shared_index.used(fill):
            yield library
        return
    if not built_index.exists():
        fill()
        shutil.copytree(no_index / "index", built_index)
    elif not (no_index / "index").exists():
        shutil.copytree(built_index, no_index / "index")
    yield library
