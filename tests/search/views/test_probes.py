"""The addresses for machines that watch the site: alive, ready, and their log."""

import json
import logging
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from archive.models import Article, Identity, Status
from search.indexing import outbox
from search.indexing.heartbeat import HEARTBEAT_FILE
from search.models import OutboxEntry
from search.status import check_readiness
from tests.search.library import Library

# More than any disk has: 2**60 megabytes.
BOUNDLESS = 2**60


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heartbeat(settings: Settings, tmp_path: Path) -> Path:
    """The file of the indexer's heartbeat, where one is expected."""
    settings.READY_MAX_INDEXER_SECONDS = 30
    settings.DATA_DIR = tmp_path
    return tmp_path / HEARTBEAT_FILE


def _let_wait(article: Article, **age: float) -> None:
    OutboxEntry.objects.create(article_id=article.pk)
    OutboxEntry.objects.update(queued_at=timezone.now() - timedelta(**age))


@pytest.fixture
def no_database(library: Library) -> Iterator[None]:
    """Every query fails, as when the server has gone."""

    def fail(*arguments: Any) -> None:
        raise OperationalError("password=hunter2 is not accepted")

    with connection.execute_wrapper(fail):
        yield


class TestAlive:
    def test_liveness_takes_no_database_query(
        self, client: Client, django_assert_num_queries
    ) -> None:
        with django_assert_num_queries(0):
            answer = client.get("/healthz")
        assert (answer.status_code, answer.json()) == (200, {"alive": True})

    @pytest.mark.embedded("takes the folder of the index away; see test_cluster.py")
    def test_process_is_alive_without_database_and_index(
        self, client: Client, no_database: None, no_index: Path
    ) -> None:
        shutil.rmtree(no_index / "index")
        assert client.get("/healthz").status_code == 200


class TestReady:
    def test_healthy_site_is_ready(self, client: Client, library: Library) -> None:
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert answer.json() == {
            "ready": True,
            "checks": dict.fromkeys(
                ("database", "index", "lexicon", "static", "disk", "outbox", "indexer"),
                "ok",
            ),
        }

    def test_site_without_database_is_not_ready_and_leaks_nothing(
        self, client: Client, no_database: None
    ) -> None:
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["database"] == "unavailable"
        assert answer.json()["checks"]["outbox"] == "unavailable"
        assert "hunter2" not in answer.content.decode()

    @pytest.mark.embedded("takes the folder of the index away; see test_cluster.py")
    def test_site_without_index_is_not_ready(
        self, client: Client, library: Library, no_index: Path
    ) -> None:
        shutil.rmtree(no_index / "index")
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert not answer.json()["ready"]
        assert answer.json()["checks"]["index"] == "unavailable"
        assert str(no_index) not in answer.content.decode()

    def test_index_of_another_archive_is_not_ready(
        self, client: Client, library: Library, no_index: Path
    ) -> None:
        call_command("rebuild_index", verbosity=0)
        assert check_readiness()["index"] == "ok"
        Identity.objects.update(value="0" * 32)
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["index"] == "foreign"
        remedy = answer.json()["remedies"]["index"]
        assert "rebuild_index" in remedy and "restore" in remedy
        call_command("rebuild_index", if_needed=True, verbosity=0)
        assert client.get("/readyz").status_code == 200

    @pytest.mark.embedded("no index on a cluster was built without one")
    def test_index_without_an_identity_is_accepted(
        self, client: Client, library: Library, no_index: Path
    ) -> None:
        call_command("rebuild_index", verbosity=0)
        live = no_index / "index" / (no_index / "index" / "live").read_text()
        stamp = live / "stamp.json"
        values = json.loads(stamp.read_text())
        assert len(values.pop("identity")) == 32
        stamp.write_text(json.dumps(values))
        Identity.objects.update(value="0" * 32)
        assert check_readiness()["index"] == "ok"

    def test_index_with_other_numbers_is_not_ready_until_repaired(
        self, client: Client, library: Library, no_index: Path
    ) -> None:
        call_command("rebuild_index", verbosity=0)
        Article.objects.filter(pk=library["digits"].pk).update(status=Status.WITHDRAWN)
        answer = client.get("/readyz")
        assert answer.json()["checks"]["index"] == "differs"
        assert "reconcile_index" in answer.json()["remedies"]["index"]
        outbox.enqueue([library["digits"].pk])
        # What waits to be indexed is no difference.
        assert check_readiness()["index"] == "ok"
        call_command("index_worker", once=True)
        assert check_readiness()["index"] == "ok"

    def test_readiness_reads_no_text_of_articles(
        self, client: Client, library: Library, django_assert_num_queries
    ) -> None:
        with django_assert_num_queries(4) as captured:
            assert client.get("/readyz").status_code == 200
        assert not any("body" in query["sql"] for query in captured)

    def test_site_without_collected_static_files_is_not_ready(
        self, client: Client, library: Library, settings: Settings, tmp_path: Path
    ) -> None:
        manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
        settings.STATIC_ROOT = tmp_path
        settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["static"] == "unavailable"

    def test_site_on_a_full_disk_is_not_ready(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.READY_MIN_FREE_MB = BOUNDLESS
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["disk"] == "low"

    @pytest.mark.parametrize(("limit", "found"), [(60, "late"), (600, "ok"), (0, "ok")])
    def test_article_may_wait_as_long_as_the_setting_allows(
        self, library: Library, settings: Settings, limit: int, found: str
    ) -> None:
        _let_wait(library["digits"], minutes=5)
        settings.READY_MAX_OUTBOX_SECONDS = limit
        assert check_readiness()["outbox"] == found

    @pytest.mark.parametrize(
        ("age", "found"), [(0, "ok"), (25, "ok"), (40, "silent"), (-40, "silent")]
    )
    def test_indexer_whose_last_beat_is_old_is_silent(
        self, client: Client, library: Library, heartbeat: Path, age: int, found: str
    ) -> None:
        heartbeat.write_text(f"{time.time() - age}\n")
        answer = client.get("/readyz")
        assert answer.json()["checks"]["indexer"] == found
        assert answer.status_code == (200 if found == "ok" else 503)

    @pytest.mark.parametrize("content", ["", "1e300", "soon"])
    def test_indexer_without_a_beat_is_silent(
        self, library: Library, heartbeat: Path, content: str
    ) -> None:
        heartbeat.write_text(content)
        assert check_readiness()["indexer"] == "silent"

    def test_indexer_is_not_expected_where_the_setting_is_0(
        self, library: Library, heartbeat: Path, settings: Settings
    ) -> None:
        settings.READY_MAX_INDEXER_SECONDS = 0
        assert check_readiness()["indexer"] == "ok"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
class TestProbes:
    def test_responses_are_not_cached_and_start_no_session(
        self, client: Client, library: Library, path: str
    ) -> None:
        answer = client.get(path)
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies

    def test_head_is_answered_and_post_refused(
        self, client: Client, library: Library, path: str
    ) -> None:
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405

    def test_any_host_name_is_accepted(
        self, client: Client, library: Library, path: str, settings: Settings
    ) -> None:
        settings.ALLOWED_HOSTS = ["archive.example.org"]
        by_number = {"headers": {"host": "10.0.0.7:8000"}}
        assert client.get("/ar/", **by_number).status_code == 400
        assert client.get(path, **by_number).status_code == 200

    def test_plain_http_is_accepted(
        self, client: Client, library: Library, path: str, settings: Settings
    ) -> None:
        settings.SECURE_SSL_REDIRECT = True
        assert client.get("/").status_code == 301
        assert client.get(path).status_code == 200


class TestLog:
    @pytest.mark.embedded("takes the folder of the index away; see test_cluster.py")
    def test_probe_is_not_logged_and_other_errors_are(
        self,
        client: Client,
        library: Library,
        no_index: Path,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        shutil.rmtree(no_index / "index")
        with caplog.at_level(logging.WARNING, logger="django.request"):
            assert client.get("/readyz").status_code == 503
            assert caplog.records == []
            assert client.get("/en/search/?q=word").status_code == 503
            assert [one.levelname for one in caplog.records] == ["ERROR"]
