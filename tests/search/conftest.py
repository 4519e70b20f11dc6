"""A real archive and a real index for every test that asks for ``library``."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from haystack import connections
from pytest_django import Settings

from search.indexing.outbox import queue
from search.indexing.worker import drain
from tests.search.library import Library, build_library


def point_at(settings: Settings, data_dir: Path) -> None:
    """Make the site keep its index and its lock under *data_dir*."""
    settings.DATA_DIR = data_dir
    engine = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {
        "default": {**engine, "PATH": str(data_dir / "index")}
    }
    # Haystack read the setting when it was imported; other threads read it here.
    connections.connections_info = settings.HAYSTACK_CONNECTIONS
    connections.reload("default")


@pytest.fixture
def no_index(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The site's data directory, empty: there is no index yet."""
    before = connections.connections_info
    point_at(settings, tmp_path)
    yield tmp_path
    connections.connections_info = before
    connections.thread_local.connections.clear()


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index of the library is kept once a test has built it."""
    return tmp_path_factory.mktemp("library") / "index"


@pytest.fixture
def library(db: None, no_index: Path, built_index: Path) -> Library:
    """The library in the database, and a copy of its index to search and to change.

    With ``transactional_db`` too, what a test commits is really committed.
    """
    library = build_library()
    if not built_index.exists():
        queue(article.pk for article in library.articles.values())
        drain()
        shutil.copytree(no_index / "index", built_index)
    elif not (no_index / "index").exists():
        shutil.copytree(built_index, no_index / "index")
    return library
