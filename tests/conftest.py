"""Fixtures of all tests: Chromium, PostgreSQL and an empty installed archive.

Where the machine has no browser or database server those tests skip with the reason.
SIJILL_TEST_REQUIRE="browser postgresql" turns such skips into failures.
"""

import os
from collections.abc import Generator, Iterator
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests import chromium_program, opensearch_server, postgresql_server
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


@pytest.fixture(scope="session", autouse=True)
def _roles_outlive_a_flush() -> None:
    """Make the groups of roles again after a test that empties all tables.

    A migration makes them, and tests that follow in the same process need them.
    """
    roles = import_module("archive.migrations.0005_roles")
    description = import_module("archive.migrations.0015_description")
    keys = import_module("search.migrations.0005_api_keys")

    def make_groups(using: str, **kwargs: object) -> None:
        editor = SimpleNamespace(connection=connections[using])
        roles.make_groups(apps, editor)
        description.let_administrators_change_it(apps, editor)
        keys.let_administrators_issue(apps, editor)

    last = list(apps.get_app_configs())[-1]
    post_migrate.connect(make_groups, sender=last, weak=False)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium driven by Playwright; skips where none is installed."""
    program = chromium_program.find()
    if program is None:
        pytest.skip("No Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=program, args=chromium_program.ARGUMENTS
            )
        except PlaywrightError as error:
            pytest.fail(f"{program} does not start: {error}")
        yield browser
        browser.close()


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
    site = Installed(tmp_path_factory.mktemp("set-up") / "data")
    site.data_dir.mkdir(mode=0o700)
    site.manage("setup_site", "--no-sample")
    return site
