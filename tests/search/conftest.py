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
from tests.search.library import Library, build_library


@contextmanager
def index_under(data_dir: Path) -> Iterator[None]:
    """Make the site keep its index and its lock under *data_dir*."""
    before = connections.connections_info
    engine = {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": f"{data_dir}/index"}
    with override_settings(DATA_DIR=data_dir, HAYSTACK_CONNECTIONS={"default": engine}):
        # Haystack read the setting when it was imported; other threads read it here.
        connections.connections_info = settings.HAYSTACK_CONNECTIONS
        connections.reload("default")
        yield
    connections.connections_info = before
    connections.thread_local.connections.clear()


@pytest.fixture
def no_index(tmp_path: Path) -> Iterator[Path]:
    """The site's data directory, empty: there is no index yet."""
    with index_under(tmp_path):
        yield tmp_path


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
        enqueue(article.pk for article in library.articles.values())
        drain()
        shutil.copytree(no_index / "index", built_index)
    elif not (no_index / "index").exists():
        shutil.copytree(built_index, no_index / "index")
    return library
