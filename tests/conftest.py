"""Fixtures of all tests: Chromium, PostgreSQL and an empty installed archive.

Where the machine has no browser or database server those tests skip with the reason.
SIJILL_TEST_REQUIRE="browser postgresql" turns such skips into failures.
"""

import os
from collections.abc import Callable, Generator, Iterator
from importlib import import_module

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from pytest_django import DjangoDbBlocker

from tests import (
    chromium_program,
    memory_database,
    opensearch_server,
    postgresql_server,
    shared_rows,
)
from tests.browser_contexts import ContextPool
from tests.installed import Installed

# Playwright runs an event loop in the test's thread, which Django takes for a reason
# not to touch the database there; no coroutine of ours ever does.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _forget_pages() -> None:
    """What pages are kept of is another test's archive, whose numbers are the same."""
    # Django is set up by now, but not when this module is imported.
    import_module("search.results.rows")._mark_whole.cache_clear()
    import_module("search.templatetags.entries_kept")._render.cache_clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a skipped test that SIJILL_TEST_REQUIRE says must run."""
    report = yield
    required = os.environ.get("SIJILL_TEST_REQUIRE", "").replace(",", " ").split()
    marks = [name for name in required if item.get_closest_marker(name)]
    if report.skipped and marks and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        report.outcome = "failed"
        report.longrepr = f"Required here ({', '.join(marks)}), but: {reason}"
    return report


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database of the plugin's fixture, restored after a test that commits."""
    with django_db_blocker.unblock(), memory_database.restored_after_commits():
        yield
        shared_rows.end()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> None:
    """Write the shared rows of a test before its transaction begins."""
    # The fixture of pytest-django that begins it.
    if fixturedef.argname == "_django_db_helper":
        blocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock():
            shared_rows.begin(request)


@pytest.fixture(scope="session")
def chromium(django_db_blocker: DjangoDbBlocker) -> Iterator[Browser]:
    """A headless Chromium driven by Playwright; skips where none is installed."""
    program = chromium_program.find()
    if program is None:
        pytest.skip("No Chromium here: apt-get install chromium-headless-shell")
    # Where an event loop runs, a thread has another connection to the database.
    with django_db_blocker.unblock():
        shared_rows.end()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=program, args=chromium_program.ARGUMENTS
            )
        except PlaywrightError as error:
            pytest.fail(f"{program} does not start: {error}")
        yield browser
        browser.close()
        with django_db_blocker.unblock():
            shared_rows.end()


@pytest.fixture(scope="session")
def context_pool(chromium: Browser) -> ContextPool:
    return ContextPool(chromium)


@pytest.fixture
def take_context(
    request: pytest.FixtureRequest, context_pool: ContextPool
) -> Iterator[Callable[..., BrowserContext]]:
    """A function that makes a browser context of Playwright's options for the test."""
    taken: list[tuple[str, BrowserContext]] = []

    def take(**options: object) -> BrowserContext:
        taken.append(context_pool.take(**options))
        return taken[-1][1]

    yield take
    for key, context in taken:
        # A connection that stays open is a thread of the live server with a connection
        # to the database, which may be shared during the test only.
        if "live_server" in request.fixturenames:
            context.close()
        else:
            context_pool.give_back(key, context)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The URL of an empty database on a server that runs until the tests end."""
    programs = postgresql_server.find()
    if programs is None:
        pytest.skip("No PostgreSQL server here: apt-get install postgresql")
    with postgresql_server.running(programs) as url:
        yield url


@pytest.fixture(scope="session")
def opensearch_urls() -> Iterator[list[str]]:
    """The nodes of OPENSEARCH_TEST_URL, or one node that runs until the tests end."""
    if given := os.environ.get("OPENSEARCH_TEST_URL", "").split():
        yield given
        return
    home = opensearch_server.find()
    if home is None:
        pytest.skip(opensearch_server.ABSENT)
    with opensearch_server.running(home) as nodes:
        yield [node.url for node in nodes]


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The archive that ``start.py setup --no-sample`` makes; tests copy it."""
    # One for the workers of a run, whichever needs it first.
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    site = Installed(folder / "set-up" / "data")
    with FileLock(folder / "set-up.lock"):
        if not site.data_dir.exists():
            making = Installed(folder / "set-up" / "making")
            making.data_dir.mkdir(mode=0o700, parents=True)
            making.manage("setup_site", "--no-sample")
            making.data_dir.rename(site.data_dir)
    return site
