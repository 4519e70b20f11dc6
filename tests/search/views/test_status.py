"""The status page for staff."""

import shutil
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from archive.models import Article, Identity
from search.indexing.heartbeat import HEARTBEAT_FILE
from search.models import OutboxEntry
from search.status import read_status
from tests.search.engine_choice import age_index
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
        age_index(monkeypatch)
        page = _page(staff)
        assert "of an older version" in page
        assert "rebuild_index --if-needed" in page

    @pytest.mark.embedded("takes the folder of the index away; see test_cluster.py")
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
