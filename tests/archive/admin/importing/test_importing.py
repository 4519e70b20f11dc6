"""Imports in the browser: from the upload to undoing, below the page."""

import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from archive.importing.batches import record
from archive.importing.batches.jobs import STALE_AFTER, BatchBusy, run_batch
from archive.importing.batches.undo import undo_batch
from archive.models import (
    Article,
    BatchState,
    ImportBatch,
    ImportEntry,
    SavedMapping,
    Source,
)

LIST = "/ar/admin/archive/importbatch/"
TABLE = (
    "رأس الخبر,العنوان,كلام,التاريخ\n"
    "سطر,رسالة من البصرة,كتب مراسلنا أن المطر نزل أمس,2021-03-02\n"
    "سطر,رسالة ثانية,كتب مراسلنا أن النهر فاض أمس,3/25/2021\n"
    "سطر,,,\n"
)


def upload(
    client: Client, content: bytes = TABLE.encode(), name: str = "أخبار.csv"
) -> ImportBatch:
    """Upload a file of articles; its batch."""
    file = SimpleUploadedFile(name, content)
    response = client.post(f"{LIST}add/", {"file": file, "kind": "articles"})
    assert response.status_code == 302
    return ImportBatch.objects.latest("pk")


def choices(action: str, **more: object) -> dict[str, object]:
    """The form of the columns of the table, with this button pressed."""
    return {
        "column-name": ["رأس الخبر", "العنوان", "كلام", "التاريخ"],
        "column-0": "",
        "column-1": "title",
        "column-2": "body",
        "column-3": "published",
        "source": "لغة العرب",
        "action": action,
        **more,
    }


def match(client: Client, batch: ImportBatch, action: str, **more: object) -> None:
    address = f"{LIST}{batch.pk}/match/"
    assert client.post(address, choices(action, **more)).status_code in {200, 302}
    batch.refresh_from_db()


def act(client: Client, batch: ImportBatch, action: str) -> None:
    client.post(f"{LIST}{batch.pk}/act/", {"action": action})
    batch.refresh_from_db()


class TestFolders:
    PAGES = ("<p>خبر أول طويل من البصرة</p>", "<p>خبر ثان طويل من بغداد</p>")

    def files(self, *names: str) -> list[SimpleUploadedFile]:
        pages = zip(names, self.PAGES, strict=False)
        return [SimpleUploadedFile(name, page.encode()) for name, page in pages]

    def test_pages_of_a_folder_are_one_import(self, editor: Client) -> None:
        files = self.files("خبر.html", "خبر.html")
        form = {"folder": [*files, SimpleUploadedFile("a.css", b"p {}")]}
        editor.post(f"{LIST}add/", {**form, "kind": "articles"})
        batch = ImportBatch.objects.get()
        assert batch.file_name == "صفحتان"
        source = {"source": "لغة العرب", "action": "import"}
        editor.post(f"{LIST}{batch.pk}/match/", source)
        names = Article.objects.order_by("pk").values_list("external_id", flat=True)
        assert list(names) == ["2/خبر.html", "خبر.html"]

    def test_several_other_files_are_refused(self, editor: Client) -> None:
        files = [*self.files("خبر.html"), SimpleUploadedFile("a.csv", b"a,b")]
        page = editor.post(f"{LIST}add/", {"file": files, "kind": "articles"})
        assert list(page.context["form"].errors) == ["file"]
        page = editor.post(f"{LIST}add/", {"kind": "articles"})
        assert list(page.context["form"].errors) == ["file"]
        assert not ImportBatch.objects.exists()


class TestSteps:
    def test_upload_shows_columns_with_guesses(self, editor: Client) -> None:
        batch = upload(editor)
        page = editor.get(f"{LIST}{batch.pk}/match/")
        guesses = {each.name: each.guess for each in page.context["preview"].columns}
        assert guesses == {
            "رأس الخبر": "",
            "العنوان": "title",
            "كلام": "body",
            "التاريخ": "published",
        }
        assert not Article.objects.exists()

    def test_dry_run_lists_what_would_become_and_keeps_nothing(
        self, editor: Client
    ) -> None:
        batch = upload(editor)
        match(editor, batch, "dry_run")
        assert batch.state == BatchState.FINISHED
        results = batch.entries.order_by("line").values_list("line", "result")
        assert list(results) == [(2, "added"), (3, "added"), (4, "refused")]
        assert not Article.objects.exists()

    def test_long_dry_run_lists_its_refusals(
        self, editor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(record, "MAX_DRY_ENTRIES", 1)
        batch = upload(editor)
        match(editor, batch, "dry_run")
        assert [entry.line for entry in batch.entries.all()] == [4]
        results = editor.get(f"{LIST}{batch.pk}/change/").context["results"]
        assert {each["value"]: each["count"] for each in results}["added"] == 2

    def test_second_click_makes_no_import_of_a_dry_run(
        self,
        editor: Client,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        # The process of the import is begun last, as if it were slow to.
        monkeypatch.setattr(settings, "IMPORTS_IN_REQUEST", False)
        begun: list[list[str]] = []
        monkeypatch.setattr(
            subprocess, "Popen", lambda command, **options: begun.append(command)
        )
        batch = upload(editor)
        match(editor, batch, "dry_run")
        page = editor.get(f"{LIST}{batch.pk}/change/")
        assert (page.status_code, page.context["is_running"]) == (200, True)
        match(editor, batch, "import")
        (command,) = begun
        call_command(*command[2:])
        batch.refresh_from_db()
        assert (batch.state, batch.is_dry_run) == (BatchState.FINISHED, True)
        assert not Article.objects.exists()

    def test_import_after_a_dry_run_adds_and_lists(self, editor: Client) -> None:
        dry = upload(editor)
        match(editor, dry, "dry_run")
        act(editor, dry, "import")
        batch = ImportBatch.objects.latest("pk")
        assert (batch.pk, batch.state) != (dry.pk, BatchState.RUNNING)
        assert batch.summary["added"] == 2
        assert batch.summary["refused"] == 1
        assert {each.title for each in Article.objects.all()} == {
            "رسالة من البصرة",
            "رسالة ثانية",
        }
        page = editor.get(f"{LIST}{batch.pk}/change/?result=refused")
        (row,) = page.context["rows"]
        assert row["line"] == 4
        assert row["notes"]

    def test_choices_are_saved_and_taken_again(self, editor: Client) -> None:
        match(editor, upload(editor), "preview", save_as="أخبار الفرات")
        again = upload(editor)
        saved = SavedMapping.objects.get(name="أخبار الفرات")
        match(editor, again, "load", saved=saved.pk)
        assert again.options["columns"]["كلام"] == "body"
        assert again.options["defaults"] == {"source": "لغة العرب"}

    def test_windows_1256_is_offered_and_read_when_chosen(self, editor: Client) -> None:
        batch = upload(editor, TABLE.encode("cp1256"))
        page = editor.get(f"{LIST}{batch.pk}/match/")
        assert "العنوان" in page.context["preview"].offer
        match(editor, batch, "import", encoding="windows-1256")
        assert Article.objects.filter(title="رسالة من البصرة").exists()

    def test_file_of_another_kind_is_told_in_a_sentence(self, editor: Client) -> None:
        batch = upload(editor, b"%PDF-1.7", "a.pdf")
        page = editor.get(f"{LIST}{batch.pk}/match/")
        assert "PDF" in page.context["preview"].error
        assert page.context["preview"].columns == ()

    def test_others_are_refused(self, reader_staff: Client) -> None:
        assert reader_staff.get(f"{LIST}add/").status_code == 403
        assert reader_staff.get(LIST).status_code == 403


class TestRunning:
    @pytest.fixture
    def batch(self, db: None) -> ImportBatch:
        folder = Path(settings.DATA_DIR) / "uploads"
        folder.mkdir(exist_ok=True)
        lines = [f'{{"id": "{n}", "title": "خبر {n}"}}\n' for n in range(1200)]
        (folder / "many.jsonl").write_text("".join(lines), "utf-8")
        return ImportBatch.objects.create(
            file_name="many.jsonl",
            stored_file="uploads/many.jsonl",
            options={"defaults": {"source": "لغة العرب"}},
        )

    def test_cancelled_import_keeps_what_was_committed_and_resumes(
        self, batch: ImportBatch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        flush = ImportBatch.save

        def save(self: ImportBatch, *args: object, **kwargs: object) -> None:
            flush(self, *args, **kwargs)  # type: ignore[arg-type]
            if self.records_read == 500:
                ImportBatch.objects.filter(pk=self.pk).update(is_cancel_wanted=True)

        monkeypatch.setattr(ImportBatch, "save", save)
        assert run_batch(batch.pk).state == BatchState.CANCELLED
        assert Article.objects.count() == 500
        monkeypatch.setattr(ImportBatch, "save", flush)
        finished = run_batch(batch.pk)
        assert finished.state == BatchState.FINISHED
        assert Article.objects.count() == 1200
        assert finished.summary["added"] == 1200
        assert ImportEntry.objects.filter(batch=batch).count() == 1200
        # The source was added before the import was stopped.
        undo_batch(finished)
        assert not Source.objects.exists()

    def test_killed_import_is_resumed_by_another_process(
        self, batch: ImportBatch
    ) -> None:
        ImportBatch.objects.update(state=BatchState.RUNNING)
        with pytest.raises(BatchBusy):
            run_batch(batch.pk)
        silent = timezone.now() - 2 * STALE_AFTER
        ImportBatch.objects.update(seen_at=silent)
        assert run_batch(batch.pk).state == BatchState.FINISHED

    def test_finished_import_is_not_run_again(self, batch: ImportBatch) -> None:
        run_batch(batch.pk)
        with pytest.raises(BatchBusy):
            run_batch(batch.pk)

    def test_file_that_is_gone_is_told(self, batch: ImportBatch) -> None:
        (Path(settings.DATA_DIR) / batch.stored_file).unlink()
        failed = run_batch(batch.pk)
        assert failed.state == BatchState.FAILED
        assert "many.jsonl" in failed.error


class TestSavedChoices:
    def test_saved_at_the_command_line_are_taken_in_the_browser_and_there_again(
        self, editor: Client, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.csv"
        path.write_text(TABLE, "utf-8")
        words = (
            "import_articles",
            str(path),
            "--map",
            "body=كلام",
            "--source",
            "الفرات",
        )
        with pytest.raises(CommandError):  # one record is empty
            call_command(*words, "--save-as", "الفرات", verbosity=0, stdout=StringIO())
        batch = upload(editor)
        saved = SavedMapping.objects.get(name="الفرات")
        match(editor, batch, "load", saved=saved.pk)
        page = editor.get(f"{LIST}{batch.pk}/match/")
        guesses = {each.name: each.guess for each in page.context["preview"].columns}
        assert guesses["كلام"] == "body"
        Article.objects.all().delete()
        with pytest.raises(CommandError):
            call_command(
                *words[:2], "--saved", "الفرات", verbosity=0, stdout=StringIO()
            )
        assert {each.source.name_ar for each in Article.objects.all()} == {"الفرات"}
        assert all(each.body for each in Article.objects.all())

    def test_name_that_nothing_is_saved_under_is_told(
        self, db: None, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.csv"
        path.write_text(TABLE, "utf-8")
        SavedMapping.objects.create(name="الفرات", kind="articles")
        with pytest.raises(CommandError, match="الفرات") as refused:
            call_command("import_articles", str(path), "--saved", "النيل")
        assert refused.value.returncode == 2
