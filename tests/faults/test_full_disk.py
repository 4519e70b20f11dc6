"""A full or read-only disk is reported in a sentence, and nothing is lost."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.admin.posted_forms import NO_AUTHORS
from tests.faults.browser import Browser, find_token, read_total
from tests.faults.disks import SmallDisk, small_disk
from tests.faults.figures import note
from tests.faults.saving import ALWAYS, make_text
from tests.installed import Done, Installed, count_rounds

pytestmark = pytest.mark.slow

BEFORE = 100
RECORDS = 700
ADD = "/ar/admin/archive/article/add/"
BROWSED = ("/ar/", "/ar/articles/1/", "/en/sources/", "/en/calendar/", "/en/topics/")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", megabytes=48) as mounted:
        yield mounted


@pytest.fixture
def whole(installed: Installed, disk: SmallDisk) -> Installed:
    """An archive whose every file is on the small disk."""
    installed.run(f"from tests.faults.saving import fill; fill({BEFORE})")
    target = disk.path / "data"
    shutil.copytree(installed.data_dir, target)
    return Installed(target, logs=installed.data_dir)


@pytest.fixture
def index_apart(installed: Installed, disk: SmallDisk) -> Installed:
    """An archive whose index alone is on the small disk."""
    target = disk.path / "index"
    installed.index.rename(installed.data_dir / "moved")
    shutil.copytree(installed.data_dir / "moved", target)
    installed.index.symlink_to(target)
    installed.run(f"from tests.faults.saving import fill; fill({BEFORE})")
    return installed


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A file of articles that is larger than what the tests leave free."""
    file = tmp_path / "articles.jsonl"
    with file.open("w") as written:
        for number in range(RECORDS):
            text = make_text(f"6{number:06d}")
            text["body"] *= 10
            record = {"external_id": f"r{number}", "source": "المجلة", **text}
            written.write(json.dumps(record, ensure_ascii=False) + "\n")
    return file


def _fail(site: Installed, *arguments: str) -> Done:
    """Run a command that must end with a sentence, status 2 and no traceback."""
    done = site.manage(*arguments, status=2)
    assert done.stderr.strip()
    return done


class TestWholeArchive:
    def test_readers_are_served_and_editors_get_503(
        self, whole: Installed, disk: SmallDisk
    ) -> None:
        whole.make_administrator()
        form = {
            **make_text("8000001"),
            **NO_AUTHORS,
            "language": "ar",
            "source": "1",
            "status": "published",
            "acquired_at_0": "2024-05-01",
            "acquired_at_1": "10:00:00",
            "body": "متن " * 100_000,
        }
        with whole.serve(workers=2) as server:
            browser = Browser(server.address)
            browser.sign_in()
            token = find_token(browser.get(ADD))
            disk.fill()
            answers = {address: browser.get(address).status for address in BROWSED}
            assert set(answers.values()) == {200}, (answers, server.log.read_text())
            assert read_total(browser.search(ALWAYS)) == BEFORE
            refused = browser.post(ADD, form, token=token)
            assert refused.status == 503
            assert "قاعدة البيانات غير متاحة" in refused.text
            disk.make_room()
            saved = browser.post(ADD, form, token=token)
            assert saved.status == 200 and "/add/" not in saved.address
        whole.manage("index_worker", "--once")
        assert whole.search("8000001") == 1
        assert whole.reconcile()["documents"] == BEFORE + 1

    def test_import_is_repeated_when_there_is_room(
        self, whole: Installed, disk: SmallDisk, records: Path
    ) -> None:
        stops = 0
        for megabytes in (2, 3, 4, 5)[: count_rounds(short=1, full=4)]:
            disk.fill(leaving=megabytes << 20)
            said = _fail(whole, "import_articles", str(records)).stderr
            assert "سطر" in said or "line" in said
            stops += 1
            disk.make_room()
        whole.manage("import_articles", str(records))
        whole.manage("index_worker", "--once")
        found = whole.reconcile()
        assert found["documents"] == found["articles"] == BEFORE + RECORDS
        note("imports stopped by a full disk", stops=stops, records=RECORDS, lost=0)

    def test_report_backup_restore_and_output_fail_with_a_sentence(
        self, whole: Installed, disk: SmallDisk, records: Path, tmp_path: Path
    ) -> None:
        # The database is kept open, as the running site does.
        holder = whole.start("manage.py", "index_worker")
        try:
            whole.manage("search", ALWAYS)
            disk.fill()
            report = disk.path / "report.csv"
            _fail(whole, "import_articles", str(records), "--report", str(report))
            target = disk.path / "archive.backup"
            _fail(whole, "backup", str(target))
            assert not target.exists()
            with Path("/dev/full").open("w") as full:
                process = whole.start("manage.py", "search", ALWAYS, stdout=full)
                said = process.communicate()[1]
            assert process.returncode == 2
            assert "Traceback" not in said and said.strip()
        finally:
            holder.terminate()
            holder.communicate()
        disk.make_room()
        file = tmp_path / "archive.backup"
        whole.manage("backup", str(file))
        # A restore that does not fit leaves what is there.
        disk.fill()
        _fail(whole, "restore", str(file), "--force")
        disk.make_room()
        assert whole.reconcile()["documents"] == BEFORE


class TestIndexAlone:
    def test_articles_wait_in_the_outbox_and_searches_work(
        self, index_apart: Installed, disk: SmallDisk
    ) -> None:
        rounds = count_rounds(short=2, full=40)
        for turn in range(rounds):
            # Each time the writing gets a little further.
            disk.fill(leaving=turn * 4096 * (40 // rounds))
            word = f"5{turn:05d}"
            index_apart.run(
                "from archive.models import Article, Source\n"
                "from tests.faults.saving import make_text\n"
                "source = Source.objects.get()\n"
                f"Article.objects.create(source=source, **make_text('{word}'))\n"
            )
            assert index_apart.search(ALWAYS) >= BEFORE
            disk.make_room()
            index_apart.manage("index_worker", "--once")
            assert index_apart.search(word) == 1
        assert index_apart.reconcile()["documents"] == BEFORE + rounds
        note("commits of the index on a full disk", tries=rounds, lost=0)

    def test_failed_rebuild_ends_with_a_sentence_and_leaves_no_files(
        self, index_apart: Installed, disk: SmallDisk
    ) -> None:
        before = {path.name for path in index_apart.index.iterdir()}
        disk.fill(leaving=20_000)
        said = _fail(index_apart, "rebuild_index").stderr
        assert "No space left" in said
        assert {path.name for path in index_apart.index.iterdir()} == before
        assert index_apart.search(ALWAYS) == BEFORE
        disk.make_room()
        index_apart.manage("rebuild_index")
        assert index_apart.reconcile()["documents"] == BEFORE

    def test_read_only_index_is_searched(
        self, index_apart: Installed, disk: SmallDisk
    ) -> None:
        disk.let_nobody_write()
        index_apart.run(
            "from archive.models import Article\n"
            "Article.objects.get(title='خبر 900000001').delete()\n"
        )
        assert index_apart.search(ALWAYS) >= BEFORE - 1
        assert "Read-only" in _fail(index_apart, "rebuild_index").stderr
        disk.let_write()
        index_apart.manage("index_worker", "--once")
        assert index_apart.search("900000001") == 0
        assert index_apart.reconcile()["documents"] == BEFORE - 1
