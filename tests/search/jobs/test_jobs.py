"""Files in the background: asked for on pages, made by another process, fetched."""

import csv
import io
import json
from dataclasses import replace
from urllib.parse import quote, unquote

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from search.errors import IndexUnavailable
from search.export import formats
from search.jobs import (
    file_path,
    is_waiting,
    kinds,
    making,
    progress,
    run_waiting,
)
from search.models import Job, JobState
from search.views.taking import export
from search.views.taking.batch import MOST_AT_ONCE
from tests.search.library import Library

QUERY = f"q={quote('بيان')}"
PREPARE = "/ar/search/prepare/xlsx/"


@pytest.fixture(autouse=True)
def every_item_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress is written at every item, so that tests need not wait."""
    monkeypatch.setattr(progress, "INTERVAL", 0.0)


def _ask(client: Client, address: str = PREPARE, **fields: object) -> Job:
    answer = client.post(address, fields or {"q": "بيان"})
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.first()
    assert job is not None
    assert answer.headers["Location"] == f"/ar/files/{job.key}/"
    return job


def _fetch(client: Client, job: Job) -> bytes:
    answer = client.get(f"/ar/files/{job.key}/file/")
    assert answer.status_code == 200
    return answer.getvalue()


class TestExports:
    def test_file_is_that_of_the_search(self, client: Client, library: Library) -> None:
        job = _ask(client, q="بيان", source="review", column=["article_id", "title"])
        page = client.get(f"/ar/files/{job.key}/").content.decode()
        assert "data-watch" in page
        assert run_waiting() == 1
        assert not is_waiting()
        book = openpyxl.load_workbook(io.BytesIO(_fetch(client, job)))
        heading, *rows = book.worksheets[0].iter_rows(values_only=True)
        assert heading[1] == "العنوان"
        found = client.get(f"/ar/search/?{QUERY}&source=review").context["found"]
        assert len(rows) == found.total
        facts = dict(book.worksheets[1].iter_rows(values_only=True))
        assert facts["ما طُلب"] == "بيان؛ المصدر: مجلة التجربة"
        page = client.get(f"/ar/files/{job.key}/").content.decode()
        assert f'href="/ar/files/{job.key}/file/"' in page
        assert "data-watch" not in page

    def test_basket_is_made_without_its_reader(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        numbers = [library["tatweel"].pk, library["digits"].pk]
        client.post("/ar/basket/add/", {"article": numbers})
        client.post(f"/ar/basket/{numbers[0]}/note/", {"note": "مهم"})
        job = _ask(client, "/ar/search/prepare/csv/?raw=1", basket="1")
        client.post("/ar/basket/empty/")
        # It may have more articles than a request may have parameters.
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
        run_waiting()
        text = _fetch(client, job).decode()
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [int(row["article_id"]) for row in rows] == numbers
        assert [row["note"] for row in rows] == ["مهم", ""]

    @pytest.mark.parametrize("name", ["csv", "jsonl", "ris", "reading-list", "zip"])
    def test_every_format_is_the_file_that_is_sent_at_once(
        self, client: Client, library: Library, name: str
    ) -> None:
        article = library["tatweel"].pk
        job = _ask(client, f"/ar/search/prepare/{name}/", article=article)
        run_waiting()
        sent = client.get(f"/ar/search/export/{name}/?article={article}")
        answer = client.get(f"/ar/files/{job.key}/file/")
        for header in ("Content-Type", "Content-Disposition", "X-Robots-Tag"):
            assert answer.headers[header] == sent.headers[header]
        if name != "zip":
            made, at_once = answer.getvalue(), sent.getvalue()
            assert made.split(b"<dl")[0] == at_once.split(b"<dl")[0]

    def test_long_workbook_is_offered_in_the_background_only(
        self, client: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        short = [
            replace(kind, most_at_once=3) if kind.name == "xlsx" else kind
            for kind in formats.FORMATS
        ]
        monkeypatch.setattr(formats, "FORMATS", tuple(short))
        monkeypatch.setattr(export, "FORMATS", tuple(short))
        answer = client.get(
            f"/ar/search/export/xlsx/?{QUERY}&column=title", follow=True
        )
        ((address, _status),) = answer.redirect_chain
        assert address == f"/ar/search/take-away/?{QUERY}&column=title"
        page = answer.content.decode()
        assert "في الخلفية" in page
        assert 'value="title" checked' in page


class TestRefusals:
    @pytest.mark.parametrize(
        ("address", "fields", "status"),
        [
            ("/ar/search/prepare/docx/", {"q": "بيان"}, 404),
            (PREPARE, {"q": '"غير مغلق'}, 400),
            (PREPARE, {"q": "بيان", "column": "colour"}, 400),
            (PREPARE, {"article": "x"}, 400),
            (PREPARE, {"basket": "1"}, 400),
            (PREPARE, {"list": "none"}, 400),
        ],
    )
    def test_what_cannot_be_made_is_no_job(
        self,
        client: Client,
        library: Library,
        address: str,
        fields: dict[str, str],
        status: int,
    ) -> None:
        assert client.post(address, fields).status_code == status
        assert not is_waiting()

    def test_search_beyond_the_limit_is_no_job(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.EXPORT_GUEST_MAX_ROWS = 3
        answer = client.post(PREPARE, {"q": "بيان"})
        assert answer.status_code == 400
        assert "ملف" in answer.content.decode()
        assert not is_waiting()

    def test_search_that_has_outgrown_the_limit_fails_with_a_sentence(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        job = _ask(client)
        job.request["most"] = 1
        job.save()
        run_waiting()
        job.refresh_from_db()
        assert job.state == JobState.FAILED
        assert job.error in client.get(f"/ar/files/{job.key}/").content.decode()

    def test_enough_files_are_enough(
        self, client: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(making.MOST_WAITING):
            _ask(client)
        answer = client.post(PREPARE, {"q": "بيان"})
        assert answer.status_code == 400
        monkeypatch.setattr(making, "MOST_QUEUED", 5)
        assert Client().post(PREPARE, {"q": "بيان"}).status_code == 400
        assert Job.objects.count() == making.MOST_WAITING

    def test_full_disk_fails_with_a_sentence(
        self, client: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: object) -> kinds.Making:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("search.jobs.running.begin", fail)
        job = _ask(client)
        run_waiting()
        job.refresh_from_db()
        assert job.state == JobState.FAILED
        assert "No space left" in job.error

    def test_broken_index_fails_with_its_sentence(
        self, client: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: object) -> kinds.Making:
            raise IndexUnavailable("الفهرس مفقود")

        monkeypatch.setattr("search.jobs.running.begin", fail)
        job = _ask(client)
        run_waiting()
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.FAILED, "الفهرس مفقود")

    def test_hostile_texts_make_no_hostile_row_or_name(
        self, client: Client, library: Library
    ) -> None:
        hostile = "بيان أو ../../etc/passwd\r\nX-Evil: 1"
        job = _ask(client, "/ar/search/prepare/csv/", q=hostile)
        run_waiting()
        answer = client.get(f"/ar/files/{job.key}/file/")
        assert answer.status_code == 200
        assert "X-Evil" not in answer.headers
        name = unquote(answer.headers["Content-Disposition"].split("''")[1])
        assert not {"/", "\r", "\n", ".."} & {name[:-4], *name[:-4]}

    def test_text_that_no_database_keeps_is_refused_or_removed(
        self, client: Client, library: Library
    ) -> None:
        for name in ("q", "from"):
            fields = {"q": "بيان", name: "بيان\0"}
            answer = client.post("/ar/search/prepare/csv/", fields)
            assert answer.status_code == 400, name
        assert not Job.objects.exists()
        job = _ask(client, "/ar/search/prepare/csv/", q="بيان", actor="الحزب\0")
        assert "\0" not in json.dumps(job.request)
        assert "\\u0000" not in json.dumps(job.request)

    def test_key_of_no_file_is_404(self, client: Client, library: Library) -> None:
        for key in ("none", "x" * 500, "-"):
            for page in ("", "file/"):
                assert client.get(f"/ar/files/{key}/{page}").status_code == 404
            assert client.post(f"/ar/files/{key}/cancel/").status_code == 404


class TestCancelling:
    def test_waiting_job_is_never_run(self, client: Client, library: Library) -> None:
        job = _ask(client)
        client.post(f"/ar/files/{job.key}/cancel/")
        assert run_waiting() == 0
        job.refresh_from_db()
        assert job.state == JobState.CANCELLED

    def test_running_job_stops_and_leaves_no_file(
        self, client: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = _ask(client)
        articles = kinds.iter_entries

        def cancelled_meanwhile(*args: object) -> object:
            for number, entry in enumerate(articles(*args)):  # type: ignore[arg-type]
                if number == 3:
                    client.post(f"/ar/files/{job.key}/cancel/")
                yield entry

        monkeypatch.setattr(kinds, "iter_entries", cancelled_meanwhile)
        run_waiting()
        job.refresh_from_db()
        assert job.state == JobState.CANCELLED
        assert 0 < job.done < job.total
        assert not file_path(job).exists()

    def test_finished_file_is_deleted(self, client: Client, library: Library) -> None:
        job = _ask(client)
        run_waiting()
        job.refresh_from_db()
        client.post(f"/ar/files/{job.key}/cancel/")
        assert not file_path(job).exists()
        assert client.get(f"/ar/files/{job.key}/file/").status_code == 404

    def test_others_fetch_by_the_link_and_cancel_nothing(
        self, client: Client, library: Library
    ) -> None:
        job = _ask(client)
        run_waiting()
        other = Client()
        assert _fetch(other, job)
        assert other.post(f"/ar/files/{job.key}/cancel/").status_code == 404
        other.force_login(User.objects.create_user("other"))
        assert other.post(f"/ar/files/{job.key}/cancel/").status_code == 404
        page = other.get(f"/ar/files/{job.key}/").content.decode()
        assert "/cancel/" not in page
        assert job.key not in other.get("/ar/files/").content.decode()
        assert job.key in client.get("/ar/files/").content.decode()


class TestBatches:
    def test_long_list_is_run_in_the_background(
        self, client: Client, library: Library
    ) -> None:
        queries = ["بيان", '"غير مغلق', "زخزخزخ", *["العراق"] * MOST_AT_ONCE]
        job = _ask(client, "/ar/search/batch/", queries="\n".join(queries))
        assert job.total == len(queries)
        run_waiting()
        text = _fetch(client, job).decode()
        _heading, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
        assert [row[0] for row in rows] == queries
        assert int(rows[0][1]) > 0
        assert rows[1][-1]
        assert unquote(rows[0][8]).endswith("/ar/search/?q=بيان")
