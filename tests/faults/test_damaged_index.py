"""An index damaged under a running site is reported, and rebuilt by one command."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.browser import Browser, read_total
from tests.faults.saving import ALWAYS
from tests.installed import Installed, Server

pytestmark = pytest.mark.slow

SIZE = 60
REQUESTS = 4
BROWSED = ("/ar/", "/ar/articles/1/", "/en/sources/", "/en/calendar/", "/en/topics/")


def _of(index: Path, suffix: str) -> list[Path]:
    live = index / (index / "live").read_text()
    return sorted(live.glob(f"*{suffix}"))


def _cut(suffix: str, kept: int) -> Callable[[Path], None]:
    def cut(index: Path) -> None:
        for path in _of(index, suffix):
            # In its place, under the processes that have it open.
            with path.open("r+b") as file:
                file.truncate(kept)

    return cut


def _remove(suffix: str) -> Callable[[Path], None]:
    def remove(index: Path) -> None:
        for path in _of(index, suffix):
            path.unlink()

    return remove


def _flip(suffix: str) -> Callable[[Path], None]:
    def flip(index: Path) -> None:
        for path in _of(index, suffix):
            content = path.read_bytes()
            with path.open("r+b") as file:
                file.write(bytes([content[0] ^ 1]))

    return flip


def _point_nowhere(index: Path) -> None:
    (index / "live").write_text("generation-of-nowhere")


DAMAGES: dict[str, Callable[[Path], None]] = {
    "segments emptied": _cut(".segment", 0),
    "segments cut short": _cut(".segment", 5000),
    "segments removed": _remove(".segment"),
    "a bit of each segment": _flip(".segment"),
    "commit emptied": _cut(".toc", 0),
    "commit cut short": _cut(".toc", 50),
    "commit removed": _remove(".toc"),
    "a bit of the commit": _flip(".toc"),
    "pointer to nowhere": _point_nowhere,
    "the whole index removed": shutil.rmtree,
}


@pytest.fixture(scope="module")
def site(
    set_up: Installed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installed, Server]]:
    """One running site for all damages, each of which is repaired before the next."""
    target = tmp_path_factory.mktemp("damaged") / "data"
    shutil.copytree(set_up.data_dir, target)
    installed = Installed(target)
    installed.run(f"from tests.faults.saving import fill; fill({SIZE})")
    with installed.serve(workers=2) as server:
        yield installed, server


class TestUnderARunningSite:
    @pytest.mark.parametrize("damage", DAMAGES)
    def test_damaged_index_is_503_until_it_is_rebuilt_and_browsing_works(
        self, site: tuple[Installed, Server], damage: str
    ) -> None:
        installed, server = site
        browser = Browser(server.address)
        # More requests than processes, so that each has the index open.
        assert {read_total(browser.search(ALWAYS)) for _ in range(REQUESTS)} == {SIZE}
        DAMAGES[damage](installed.index)
        pages = [browser.search(ALWAYS) for _ in range(REQUESTS)]
        assert {page.status for page in pages} == {503}
        assert "Build" in pages[0].text  # … the index again.
        assert "browsed" in pages[0].text
        assert {browser.get(address).status for address in BROWSED} == {200}
        assert browser.get("/readyz").status == 503
        installed.manage("rebuild_index")
        assert {read_total(browser.search(ALWAYS)) for _ in range(REQUESTS)} == {SIZE}
        assert browser.get("/healthz").status == 200
