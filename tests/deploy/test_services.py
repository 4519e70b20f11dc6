"""The commands of the units serve, index, reload and stop."""

import json
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from search.indexing.heartbeat import HEARTBEAT_FILE
from tests.deploy.installation import Installation, Service, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="systemd and /proc are Linux's"
    ),
]

WORD = "زيزفونة"
# Written past the signals, so that only the indexer's service can index it.
_SAVE = f"""
from archive.models import Article, Source
from search.models import OutboxEntry
source, _ = Source.objects.get_or_create(slug="press", name_ar="الصحافة")
(one,) = Article.objects.bulk_create(
    [Article(title="{WORD}", body="نص", source=source, status="published")]
)
OutboxEntry.objects.create(article_id=one.pk)
"""
SEARCH = f"/ar/search/?q={quote(WORD)}"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    installation = Installation(tmp_path_factory.mktemp("deploy"))
    installation.manage("setup_site", "--no-sample")
    return installation


def _ask(installed: Installation, path: str) -> int:
    return installed.get(path)[0]


class TestSite:
    def test_site_serves_indexes_reloads_and_stops(
        self, installed: Installation
    ) -> None:
        """One after the other, for each start takes seconds."""
        with (
            installed.listening() as handed,
            installed.site_started(handed) as site,
            installed.started("sijill-indexer.service") as indexer,
        ):
            assert installed.get("/healthz") == (200, '{"alive": true}')
            # The indexer's service gives the sign that the site looks for.
            wait_until(
                lambda: _ask(installed, "/readyz") == 200, indexer.log.read_text()
            )
            assert json.loads(installed.get("/readyz")[1])["ready"]
            assert "أرشيف الصحافة" in installed.get("/ar/")[1]

            installed.manage("shell", "-c", _SAVE)
            wait_until(
                lambda: f"<mark>{WORD}</mark>" in installed.get(SEARCH)[1],
                indexer.log.read_text(),
            )
            assert site.children(), "gunicorn has workers"
            self._reload(installed, site)

            assert (site.stop(), indexer.stop()) == (0, 0)
            _check_events(indexer.log, "Indexed 1 article.")
            _check_events(site.log)
        assert not list(installed.data_dir.glob("**/*.new"))

    def _reload(self, installed: Installation, site: Service) -> None:
        before = site.children()
        reload = installed.command("sijill-site.service", "ExecReload")
        assert reload[1:] == ["-s", "HUP", "$MAINPID"]
        site.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 60
        while before & site.children() or not site.children():
            # Nobody is turned away meanwhile.
            assert _ask(installed, "/ar/") == 200
            assert time.monotonic() < deadline
        assert _ask(installed, SEARCH) == 200

    def test_requests_wait_while_the_site_restarts(
        self, installed: Installation
    ) -> None:
        with installed.listening() as handed, ThreadPoolExecutor() as reader:
            with installed.site_started(handed) as site:
                assert site.stop() == 0
            answer = reader.submit(_ask, installed, "/ar/")
            with installed.site_started(handed):
                assert answer.result() == 200


def _check_events(log: Path, *messages: str) -> None:
    """Check that every line of a service's log is JSON, as the example asks."""
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    said = [event["message"] for event in events]
    assert set(messages) <= set(said)
    assert not [event for event in events if event["level"] in ("error", "critical")]


class TestIndexer:
    def test_site_without_the_indexers_service_says_so(
        self, installed: Installation
    ) -> None:
        (installed.data_dir / HEARTBEAT_FILE).unlink(missing_ok=True)
        with installed.listening() as handed, installed.site_started(handed):
            status, answer = installed.get("/readyz")
        assert (status, json.loads(answer)["checks"]["indexer"]) == (503, "silent")


class TestTimed:
    def test_index_is_reconciled(self, installed: Installation) -> None:
        done = installed.run(installed.command("sijill-reconcile.service"))
        assert done.returncode == 0, done.stderr
        assert (installed.data_dir / "last-reconcile.json").exists()

    def test_backup_of_the_weekday_is_replaced(self, installed: Installation) -> None:
        command = installed.command("sijill-backup.service")
        for _ in range(2):  # The week after it takes the place of the first.
            done = installed.run(command)
            assert done.returncode == 0, done.stderr
        (made,) = installed.backups.iterdir()
        assert made.name in {f"{day}.backup" for day in range(1, 8)}
        assert made.stat().st_mode & 0o777 == 0o600
