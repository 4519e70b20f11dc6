"""Chromium, and a running site with a small archive."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.installed import Installed

PHONE, DESKTOP = 320, 1280
WIDTHS = (PHONE, 768, DESKTOP)
HEIGHT = 900

_FILL = "from tests.browser.rivers import fill; print(json.dumps(fill()))"


@pytest.fixture(scope="session")
def _rivers(
    set_up: Installed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The addresses of a running site and of an article; tests only read it."""
    data_dir = tmp_path_factory.mktemp("rivers") / "data"
    shutil.copytree(set_up.data_dir, data_dir)
    installed = Installed(data_dir)
    article = installed.run(_FILL)
    with installed.serve(workers=1) as server:
        yield server.address, f"{server.address}{article}"


@pytest.fixture
def site(_rivers: tuple[str, str]) -> str:
    """The address of a server with thirty articles on rivers; the newest is long."""
    return _rivers[0]


@pytest.fixture
def address_of_article(_rivers: tuple[str, str]) -> str:
    return _rivers[1]


ContextMaker = Callable[..., BrowserContext]


@pytest.fixture
def make_context(take_context: ContextMaker) -> ContextMaker:
    """A function that makes a browser context, which is the test's until it ends."""

    def make(width: int = DESKTOP, **options: object) -> BrowserContext:
        return take_context(viewport={"width": width, "height": HEIGHT}, **options)

    return make


@pytest.fixture
def page(make_context: ContextMaker) -> Page:
    return make_context().new_page()
