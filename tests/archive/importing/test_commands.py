"""The import commands in a terminal."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db import OperationalError

from archive.importing import run
from archive.importing.writing import ArticleWriter
from archive.models import Actor, Article, Source, Topic
from tests.archive.importing.conftest import WriteLines
from tests.archive.importing.writing_rows import article

pytestmark = pytest.mark.django_db

COMMANDS = ("import_articles", "import_actors", "import_topics", "import_sources")


def call(name: str, *args: object, status: int = 0) -> tuple[dict[str, Any], str]:
    """Run the command: its summary and its error message. Checks the exit status."""
    out = io.StringIO()
    message = ""
    try:
        call_command(name, *(str(arg) for arg in args), "--json", stdout=out)
        found = 0
    except CommandError as error:
        found, message = error.returncode, str(error)
    assert found == status, message
    return (json.loads(out.getvalue()) if out.getvalue() else {}), message


class TestImportArticles:
    def test_valid_file_is_imported(self, write_lines: WriteLines) -> None:
        file = write_lines([article(), article(external_id="2")])
        summary, _ = call("import_articles", file)
        assert (summary["read"], summary["added"], summary["refused"]) == (2, 2, 0)
        assert summary["sources_added"] == 1
        assert summary["unused_columns"] == []

    def test_refused_records_are_reported_with_line_and_reason(
        self, write_lines: WriteLines, tmp_path: Path
    ) -> None:
        file = write_lines([article(), article(external_id="2", status="منشور")])
        report = tmp_path / "report.jsonl"
        summary, message = call("import_articles", file, "--report", report, status=1)
        assert (summary["added"], summary["refused"]) == (1, 1)
        assert str(report) in message
        (row,) = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
        assert (row["line"], row["external_id"], row["code"]) == (2, "2", "bad_choice")
        assert "draft, review, published, withdrawn" in row["message"]

    def test_dry_run_counts_and_commits_nothing(self, write_lines: WriteLines) -> None:
        file = write_lines([article(topics=["تاريخ"]), article(external_id="2")])
        summary, _ = call("import_articles", file, "--dry-run")
        assert (summary["added"], summary["topics_added"]) == (2, 1)
        assert summary["dry_run"]
        for model in (Article, Source, Topic):
            assert not model.objects.exists()

    def test_options_fill_missing_values(self, write_lines: WriteLines) -> None:
        record = article(text="نهر في العراق.")
        del record["source"], record["body"]
        call(
            "import_articles",
            write_lines([record, article(external_id="2", status="published")]),
            "--source=المنار",
            "--status=draft",
            "--provenance=مكتبة المتحف",
            "--set=language=ckb",
        )
        one, two = Article.objects.order_by("external_id").reverse()
        assert (one.source.name_ar, one.status) == ("المنار", "draft")
        assert (two.source.name_ar, two.status) == ("لغة العرب", "published")
        assert {one.acquired_from, two.acquired_from} == {"مكتبة المتحف"}
        assert {one.language, two.language} == {"ckb"}

    def test_option_for_new_articles_does_not_change_stored_ones(
        self, write_lines: WriteLines
    ) -> None:
        call("import_articles", write_lines([article()]), "--status=draft")
        Article.objects.update(status="withdrawn")
        file = write_lines([article(byline="مراسلنا")])
        summary, _ = call("import_articles", file, "--status=published")
        assert summary["updated"] == 1
        assert Article.objects.get().status == "withdrawn"

    def test_compressed_table_with_a_mapping_is_imported(self, tmp_path: Path) -> None:
        file = tmp_path / "news.csv.gz"
        table = (
            "رقم;عنوان;نص;صحيفة;وسوم\r\n"
            '7;دجلة;"سطر\r\n\r\nسطر؛ ثان";المنار;تاريخ؛ أنهار\r\n'
        )
        file.write_bytes(gzip.compress(table.encode("utf-8-sig")))
        maps = ["external_id=رقم", "title=عنوان", "body=نص", "source=صحيفة"]
        options = [f"--map={rule}" for rule in [*maps, "topics=وسوم"]]
        call("import_articles", file, *options)
        stored = Article.objects.get()
        assert (stored.external_id, stored.title) == ("7", "دجلة")
        assert stored.body == "سطر\n\nسطر؛ ثان"
        assert {topic.name_ar for topic in stored.topics.all()} == {"تاريخ", "أنهار"}

    def test_unused_columns_are_reported(self, write_lines: WriteLines) -> None:
        summary, _ = call("import_articles", write_lines([article(hijri="1324")]))
        assert summary["unused_columns"] == ["hijri"]

    def test_missing_columns_of_a_mapping_are_reported(
        self, write_lines: WriteLines
    ) -> None:
        file = write_lines([article(ids={"url": "https://x.org/"})])
        options = ["--map=byline=autor,byline", "--map=url=ids.url"]
        summary, _ = call("import_articles", file, *options)
        assert summary["missing_columns"] == ["autor", "byline"]

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (["--map=headline=title"], "external_id, title"),
            (["--map=title"], "FIELD=COLUMN"),
            (["--set=titel=x"], "external_id, title"),
            (["--mapping=nowhere.json"], "nowhere.json"),
            (["--report=/nowhere/report.csv"], "/nowhere/report.csv"),
        ],
    )
    def test_unusable_options_exit_with_2(
        self, write_lines: WriteLines, options: list[str], words: str
    ) -> None:
        _, message = call(
            "import_articles", write_lines([article()]), *options, status=2
        )
        assert words in message
        assert not Article.objects.exists()

    def test_missing_file_exits_with_2(self) -> None:
        _, message = call("import_articles", "nowhere.jsonl", status=2)
        assert "nowhere.jsonl" in message

    def test_interruption_keeps_committed_batches_and_can_be_resumed(
        self, write_lines: WriteLines, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(run, "BATCH_SIZE", 2)
        file = write_lines([article(external_id=str(n)) for n in range(5)])
        write_batch = ArticleWriter.write

        def interrupted(self: ArticleWriter, batch: Any) -> Any:
            if batch[0].line > 2:
                raise KeyboardInterrupt
            return write_batch(self, batch)

        with monkeypatch.context() as patch:
            patch.setattr(ArticleWriter, "write", interrupted)
            _, message = call("import_articles", file, status=130)
        assert "line 2" in message
        assert Article.objects.count() == 2
        summary, _ = call("import_articles", file)
        assert (summary["added"], summary["unchanged"]) == (3, 2)

    def test_locked_database_exits_with_2(
        self, write_lines: WriteLines, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def locked(self: ArticleWriter, batch: Any) -> Any:
            raise OperationalError("database is locked")

        monkeypatch.setattr(ArticleWriter, "write", locked)
        _, message = call("import_articles", write_lines([article()]), status=2)
        assert "database is locked" in message

    def test_printed_summary_has_every_count(self, write_lines: WriteLines) -> None:
        out = io.StringIO()
        record = article(title="", hijri="1324")
        call_command("import_articles", str(write_lines([record])), stdout=out)
        lines = out.getvalue().splitlines()
        assert "added: 1" in lines
        assert "    title_supplied: 1" in lines
        assert "unused columns: hijri" in lines


class TestAuthorityCommands:
    def test_each_command_imports_its_records(self, write_lines: WriteLines) -> None:
        records: dict[str, Any] = {
            "import_sources": {"slug": "al-manar", "name_ar": "المنار"},
            "import_topics": {"slug": "history", "name_ar": "تاريخ", "parent": None},
            "import_actors": {"slug": "baghdad", "name_ar": "بغداد", "kind": "place"},
        }
        for name, record in records.items():
            assert call(name, write_lines([record]))[0]["added"] == 1
        assert Source.objects.get().slug == "al-manar"
        assert Topic.objects.get().slug == "history"
        assert Actor.objects.get().kind == "place"


class TestHelp:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_help_has_examples(
        self, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit):
            call_command(name, "--help")
        text = capsys.readouterr().out
        for word in ("--dry-run", "--report", "--map", f"manage.py {name} ", "name"):
            assert word in text

    def test_every_command_exists(self) -> None:
        assert {*COMMANDS, "load_sample"} <= get_commands().keys()


class TestLoadSample:
    @pytest.fixture
    def sample(self, tmp_path: Path) -> Path:
        files: dict[str, Any] = {
            "sources": {"slug": "s", "name_ar": "صحيفة نموذجية"},
            "topics": {"slug": "t", "name_ar": "تاريخ", "parent": None},
            "actors": {"slug": "a", "name_ar": "بغداد", "kind": "place"},
            "articles": article(
                source="s", topics=["t"], actors=[{"slug": "a", "name": "ب"}]
            ),
        }
        for name, record in files.items():
            path = tmp_path / f"{name}.jsonl"
            path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        return tmp_path

    def load(self, directory: Path) -> str:
        out = io.StringIO()
        call_command("load_sample", directory=directory, stdout=out)
        return out.getvalue()

    def test_empty_archive_gets_the_sample(self, sample: Path) -> None:
        assert "articles.jsonl: added 1" in self.load(sample)
        stored = Article.objects.get()
        assert stored.source.slug == "s"
        assert stored.topics.get().slug == "t"
        assert stored.actors.get().slug == "a"

    def test_changes_of_editors_are_kept(self, sample: Path) -> None:
        self.load(sample)
        Article.objects.update(title="عنوان المحرّر")
        Actor.objects.update(name_ar="مدينة السلام")
        Source.objects.update(place="بغداد")
        assert "articles.jsonl: added 0, unchanged 1" in self.load(sample)
        assert Article.objects.get().title == "عنوان المحرّر"
        assert Actor.objects.get().name_ar == "مدينة السلام"
        assert Source.objects.get().place == "بغداد"

    def test_missing_records_are_added(self, sample: Path) -> None:
        self.load(sample)
        Article.objects.all().delete()
        self.load(sample)
        assert Article.objects.count() == 1

    def test_missing_directory_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="nowhere"):
            call_command("load_sample", directory=tmp_path / "nowhere")
