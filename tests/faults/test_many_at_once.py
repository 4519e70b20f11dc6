"""Concurrent saves and searches over several server processes."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.archive.admin.posted_forms import NO_AUTHORS
from tests.faults.browser import Browser, find_token, read_total
from tests.faults.figures import note
from tests.faults.saving import ALWAYS, make_text
from tests.installed import Installed, Server, count_rounds

pytestmark = pytest.mark.slow

BEFORE = 100
EDITORS = count_rounds(short=4, full=8)
READERS = 4
WORKERS = count_rounds(short=2, full=4)
ADD = "/ar/admin/archive/article/add/"


@pytest.fixture
def site(installed: Installed) -> Installed:
    """An archive with some articles, and somebody who may add more."""
    installed.run(f"from tests.faults.saving import fill; fill({BEFORE})")
    installed.make_administrator()
    return installed


def _save_all(server: Server, names: list[str]) -> None:
    """Sign in and add an article for each name through the form of the admin."""
    browser = Browser(server.address)
    browser.sign_in()
    form = browser.get(ADD)
    token = find_token(form)
    for name in names:
        # As the form has them; the source is the only one.
        filled = {
            **make_text(name),
            **NO_AUTHORS,
            "language": "ar",
            "source": "1",
            "status": "published",
            "acquired_at_0": "2024-05-01",
            "acquired_at_1": "10:00:00",
        }
        # A form that was not accepted is shown again.
        done = browser.post(ADD, filled, token=token, follow=False)
        assert done.status == 302, f"{name}: {done.status} {done.text[:2000]}"


def _watch(
    server: Server, stop: Callable[[int], bool], *, pause: float = 0
) -> list[int]:
    """The totals of repeated searches for a word of all articles, until *stop*."""
    browser = Browser(server.address)
    totals: list[int] = []
    while not stop(len(totals)):
        totals.append(read_total(browser.search(ALWAYS)))
        time.sleep(pause)
    return totals


class TestSaving:
    def test_saved_articles_are_all_indexed_and_totals_never_fall(
        self, site: Installed
    ) -> None:
        size = count_rounds(short=16, full=2000)
        names = [f"7{number:06d}" for number in range(size)]
        saved = threading.Event()
        with site.serve(workers=WORKERS) as server, ThreadPoolExecutor(32) as pool:
            readers = [
                pool.submit(_watch, server, lambda _seen: saved.is_set(), pause=0.2)
                for _ in range(READERS)
            ]
            editors = [
                pool.submit(_save_all, server, names[at::EDITORS])
                for at in range(EDITORS)
            ]
            try:
                for editor in editors:
                    editor.result()
            finally:
                saved.set()
            seen = [reader.result() for reader in readers]
            complaints = server.list_complaints()
            with_last = read_total(Browser(server.address).search(ALWAYS))
        totals = [total for of_one in seen for total in of_one]
        assert complaints == []
        assert min(totals) >= BEFORE
        # Nobody sees fewer articles than before.
        assert all(of_one == sorted(of_one) for of_one in seen)
        site.manage("index_worker", "--once")
        found = site.reconcile()
        assert found["documents"] == found["articles"] == BEFORE + size
        assert site.search(names[-1]) == 1
        note(
            f"saving by {EDITORS} editors over {WORKERS} processes",
            saved=size,
            searches_meanwhile=len(totals),
            fewest_hits=min(totals),
            found_at_once=with_last - BEFORE,
        )


class TestRebuilding:
    def test_searches_during_rebuilds_see_the_whole_index(
        self, site: Installed
    ) -> None:
        wanted = count_rounds(short=24, full=5000)
        with site.serve(workers=2) as server, ThreadPoolExecutor(READERS) as pool:
            readers = [
                pool.submit(_watch, server, lambda seen: seen >= wanted // READERS)
                for _ in range(READERS)
            ]
            rebuilds = 0
            while not all(reader.done() for reader in readers):
                site.manage("rebuild_index")
                rebuilds += 1
            totals = [total for reader in readers for total in reader.result()]
            assert server.list_complaints() == []
        assert len(totals) >= wanted
        assert set(totals) == {BEFORE}
        note("rebuilding during searches", searches=len(totals), rebuilds=rebuilds)
