"""The status page for staff, and the probes for machines."""

import json
import logging
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from archive.models import Article, Identity, Status
from search.engines.whoosh.index import generations
from search.indexing import outbox
from search.indexing.heartbeat import HEARTBEAT_FILE
from search.models import OutboxEntry
from search.status import check_readiness, read_status
from tests.search.library import ENTRIES, Library

PUBLISHED = len(ENTRIES) - 2
# More than any disk has: 2**60 megabytes.
BOUNDLESS = 2**60

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff(client: Client) -> Client:
    amina = User.objects.create_user("amina", is_staff=True)
    # Not by her role: other transactional tests leave no groups behind.
    right = Permission.objects.get(codename="publish_article")
    amina.user_permissions.add(right)
    client.force_login(amina)
    return client


@pytest.fixture
def heartbeat(settings: Settings, tmp_path: Path) -> Path:
    """The file of the indexer's heartbeat, where one is expected."""
    settings.READY_MAX_INDEXER_SECONDS = 30
    settings.DATA_DIR = tmp_path
    return tmp_path / HEARTBEAT_FILE


def _page(client: Client, language: str = "en") -> str:
    answer = client.get(f"/{language}/admin/status/")
    assert answer.status_code == 200
    return answer.content.decode()


def _let_wait(article: Article, **age: float) -> None:
    OutboxEntry.objects.create(article_id=article.pk)
    OutboxEntry.objects.update(queued_at=timezone.now() - timedelta(**age))


class TestStatus:
    def test_status_has_the_counts(self, library: Library) -> None:
        _let_wait(library["digits"], hours=2)
        status = read_status()
        assert (status.articles, status.published) == (len(ENTRIES), PUBLISHED)
        assert status.index is not None
        assert (status.index.documents, status.waiting) == (PUBLISHED, 1)
        assert status.oldest_waiting is not None
        assert timezone.now() - status.oldest_waiting >= timedelta(hours=2)
        assert status.index_size >= status.index.size > 0
        assert status.free_disk > 0

    def test_differing_counts_are_reported(self, library: Library) -> None:
        assert not read_status().differs
        Article.objects.filter(pk=library["digits"].pk).update(status="draft")
        assert read_status().differs
        _let_wait(library["digits"], seconds=1)
        assert not read_status().differs

    def test_status_names_installed_software(self, library: Library) -> None:
        names = {one.name.lower() for one in read_status().software}
        assert {"django", "django-haystack", "whoosh", "numpy", "cpython"} <= names
        assert all(one.version[0].isdigit() for one in read_status().software)
        assert connection.display_name in read_status().database


class TestPage:
    def test_visitor_is_asked_to_sign_in(
        self, client: Client, library: Library
    ) -> None:
        answer = client.get("/ar/admin/status/")
        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]

    def test_reader_without_staff_rights_is_refused(
        self, client: Client, library: Library
    ) -> None:
        client.force_login(User.objects.create_user("reader"))
        assert client.get("/ar/admin/status/").status_code == 302

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_desk_links_to_the_page(
        self, staff: Client, library: Library, language: str
    ) -> None:
        desk = staff.get(f"/{language}/admin/").content.decode()
        assert f'href="/{language}/admin/status/"' in desk

    def test_healthy_site_names_only_the_reconcile_command(
        self, staff: Client, library: Library
    ) -> None:
        page = _page(staff)
        assert "none so far" in page
        assert page.count("manage.py") == 1
        call_command("reconcile_index", stdout=StringIO())
        page = _page(staff)
        assert "missing: 0, out of date: 0, surplus: 0" in page
        assert "manage.py" not in page

    def test_page_shows_the_last_reconciliation(
        self, staff: Client, library: Library
    ) -> None:
        Article.objects.filter(pk=library["digits"].pk).update(body="عنقاء")
        with pytest.raises(CommandError):
            call_command("reconcile_index", stdout=StringIO())
        page = _page(staff)
        assert "out of date: 1" in page
        assert "reconcile_index --repair" in page
        call_command("reconcile_index", "--repair", stdout=StringIO())
        assert "All of them were repaired." in _page(staff)

    def test_index_of_an_older_version_shows_the_remedy(
        self, staff: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(generations, "ANALYZER_VERSION", 999)
        page = _page(staff)
        assert "of an older version" in page
        assert "rebuild_index --if-needed" in page

    def test_page_reports_a_missing_index(
        self, staff: Client, library: Library, no_index: Path
    ) -> None:
        shutil.rmtree(no_index / "index")
        page = _page(staff)
        assert "There is no index yet." in page
        assert "manage.py rebuild_index" in page

    def test_article_that_waits_too_long_shows_the_remedy(
        self, staff: Client, library: Library
    ) -> None:
        _let_wait(library["digits"], hours=3)
        page = _page(staff)
        assert "3\xa0hours" in page
        assert "index_worker" in page

    def test_page_tells_what_to_do_about_a_silent_indexer(
        self, staff: Client, library: Library, heartbeat: Path
    ) -> None:
        assert "no sign of it so far" in _page(staff)
        heartbeat.write_text(f"{time.time() - 3 * 3600}\n")
        page = _page(staff)
        assert "no sign of it for 3\xa0hours" in page
        assert "systemctl restart sijill-indexer" in page
        assert "manage.py index_worker" in page
        assert "لم تصدر عنه إشارة منذ" in _page(staff, "ar")

    def test_page_shows_a_running_indexer_without_remedy(
        self, staff: Client, library: Library, heartbeat: Path
    ) -> None:
        heartbeat.write_text(f"{time.time()}\n")
        page = _page(staff)
        assert "running" in page
        assert "index_worker" not in page

    def test_page_reports_a_full_disk(
        self, staff: Client, library: Library, settings: Settings
    ) -> None:
        settings.READY_MIN_FREE_MB = BOUNDLESS
        assert "Make room" in _page(staff)

    def test_page_shows_the_remedy_for_an_index_of_another_archive(
        self, staff: Client, library: Library, no_index: Path
    ) -> None:
        call_command("rebuild_index", verbosity=0)
        Identity.objects.update(value="0" * 32)
        page = _page(staff)
        assert "of another archive" in page
        assert "manage.py restore" in page

    def test_post_is_refused(self, staff: Client, library: Library) -> None:
        assert staff.post("/ar/admin/status/").status_code == 405


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
