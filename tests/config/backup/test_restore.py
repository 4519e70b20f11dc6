"""A restore over anything that a disk may have left, and of backups that lie."""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.backup.packing import describe, pack, unpack
from tests.config.backup.processes import (
    DATABASE,
    UPLOAD,
    check_nothing_is_left,
    list_kept,
    make_environ,
    make_manager,
    read_hashes,
    read_tree,
)
from tests.forked import run_python

pytestmark = pytest.mark.slow

_REPLACED_RE = re.compile(r"sijill\.sqlite3\.replaced-\d{4}-\d\d-\d\dT\d{4}(-\d+)?")


def _make_nothing(file: Path) -> None:
    file.unlink()


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _fill_with_zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _cut_within_the_first_page(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:1000])


def _spoil_the_first_page(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[:100] = b"\xa5" * 100
    file.write_bytes(content)


def _spoil_the_middle(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:200_000] = os.urandom(200_000 - 4096)
    file.write_bytes(content)


def _write_text(file: Path) -> None:
    file.write_text("ليس قاعدة بيانات " * 500)


def _write_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE cookies (name TEXT)")
        database.execute("INSERT INTO cookies VALUES ('theirs')")
        database.commit()


def _make_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "inside").write_text("theirs")


def _leave_a_log_alone(file: Path) -> None:
    file.unlink()
    file.with_name(f"{file.name}-wal").write_bytes(os.urandom(9000))


def _leave_a_log_of_another(file: Path) -> None:
    file.with_name(f"{file.name}-wal").write_bytes(os.urandom(90_000))
    file.with_name(f"{file.name}-shm").write_bytes(os.urandom(32_768))


def _leave_a_broken_journal(file: Path) -> None:
    _spoil_the_first_page(file)
    file.with_name(f"{file.name}-journal").write_bytes(os.urandom(5000))


# What is done to the file; and whether there is something to keep after it.
DAMAGE: list[tuple[Callable[[Path], None], bool]] = [
    (_make_nothing, False),
    (_empty, True),
    (_fill_with_zeros, True),
    (_cut, True),
    (_cut_within_the_first_page, True),
    (_spoil_the_first_page, True),
    (_spoil_the_middle, True),
    (_write_text, True),
    (_write_another_program, True),
    (_make_a_folder, True),
    (_leave_a_log_alone, True),
    (_leave_a_log_of_another, True),
    (_leave_a_broken_journal, True),
]


class TestOverDamage:
    @pytest.mark.parametrize(("damage", "keeps"), DAMAGE)
    def test_anything_is_replaced_and_kept_with_a_date(
        self,
        site: Path,
        other_site: Path,
        backup: Path,
        damage: Callable[[Path], None],
        keeps: bool,
    ) -> None:
        file = other_site / DATABASE
        damage(file)
        before = read_tree(file) if file.is_dir() else None
        content = file.read_bytes() if file.is_file() else None
        done = make_manager(other_site)("restore", str(backup), "--force", "--no-index")
        assert read_hashes(other_site) == read_hashes(site)
        with closing(sqlite3.connect(file)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        kept = list_kept(other_site)
        assert bool(kept) == keeps
        check_nothing_is_left(other_site)
        for path in kept:
            name = path.name.removesuffix("-wal").removesuffix("-journal")
            assert _REPLACED_RE.fullmatch(name.removesuffix("-shm"))
        if keeps:
            assert f"{DATABASE}.replaced-" in done.stdout
        if before is not None:
            assert list(read_tree(kept[0]).values()) == list(before.values())
        elif content is not None and damage is not _leave_a_log_of_another:
            assert kept[0].read_bytes() == content

    @pytest.mark.parametrize(
        "damage", [_fill_with_zeros, _write_text, _write_another_program]
    )
    def test_without_force_it_asks_and_says_what_is_there(
        self, other_site: Path, backup: Path, damage: Callable[[Path], None]
    ) -> None:
        damage(other_site / DATABASE)
        before = (other_site / DATABASE).read_bytes()
        done = make_manager(other_site)("restore", str(backup), status=1)
        assert "--force" in done.stderr
        assert DATABASE in done.stdout
        assert (other_site / DATABASE).read_bytes() == before

    def test_what_is_only_in_the_log_is_kept_with_the_database(
        self, site: Path, other_site: Path, backup: Path
    ) -> None:
        code = (
            "import os, django; django.setup()\n"
            "from archive.models import Article\n"
            "Article.objects.filter(pk=1).update(title='في السجل وحده')\n"
            "os._exit(0)"  # As killed: nobody moves the log into the database.
        )
        run_python("-c", code, env=make_environ(other_site))
        assert (other_site / f"{DATABASE}-wal").stat().st_size
        make_manager(other_site)("restore", str(backup), "--force", "--no-index")
        (kept,) = list_kept(other_site)
        with closing(sqlite3.connect(kept)) as database:
            query = "SELECT title FROM archive_article WHERE id = 1"
            assert database.execute(query).fetchone() == ("في السجل وحده",)
        assert read_hashes(other_site) == read_hashes(site)

    def test_twice_in_a_minute_keeps_both(self, other_site: Path, backup: Path) -> None:
        before = read_hashes(other_site)
        for _ in range(2):
            make_manager(other_site)("restore", str(backup), "--force", "--no-index")
        assert len(list_kept(other_site)) == 2
        shutil.copy(list_kept(other_site)[0], other_site / DATABASE)
        assert read_hashes(other_site) == before

    def test_nobody_else_may_read_the_restored_database(
        self, other_site: Path, backup: Path
    ) -> None:
        make_manager(other_site)("restore", str(backup), "--force", "--no-index")
        assert (other_site / DATABASE).stat().st_mode & 0o077 == 0

    def test_another_upload_of_the_same_name_is_kept(
        self, other_site: Path, backup: Path
    ) -> None:
        (other_site / "media" / UPLOAD).write_bytes(b"theirs")
        done = make_manager(other_site)("restore", str(backup), "--force", "--no-index")
        assert (other_site / "media" / UPLOAD).read_bytes() == b"\xff\xd8"
        (kept,) = other_site.glob("media.replaced-*")
        assert (kept / UPLOAD).read_bytes() == b"theirs"
        assert str(kept) in done.stdout

    def test_a_database_that_a_site_has_open_is_left_alone(
        self, other_site: Path, backup: Path
    ) -> None:
        before = read_hashes(other_site)
        with closing(sqlite3.connect(other_site / DATABASE)) as reader:
            reader.execute("SELECT count(*) FROM archive_article").fetchone()
            done = make_manager(other_site)("restore", str(backup), "--force", status=2)
        assert "Stop the site" in done.stderr
        assert read_hashes(other_site) == before
        assert not list_kept(other_site)


@pytest.fixture
def spoil(backup: Path, tmp_path: Path) -> Callable[..., Path]:
    """Packs the backup anew, its dump changed and all checksums right."""

    def write(change: Callable[[Path], None]) -> Path:
        folder = tmp_path / "spoiling"
        folder.mkdir()
        manifest = unpack(backup, folder, lambda size: None)
        change(folder / "database")
        files = {name: describe(folder / name) for name in manifest.files}
        target = tmp_path / "spoiled.backup"
        pack(target, replace(manifest, files=files), folder, lambda size: None)
        return target

    return write


def _execute(statement: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA foreign_keys=OFF")
            database.execute(statement)
            database.commit()

    return change


# Dumps with the right checksums that are not what their manifest says.
LIES: list[Callable[[Path], None]] = [
    _cut,
    _spoil_the_first_page,
    _spoil_the_middle,
    _fill_with_zeros,
    _empty,
    _write_text,
    _write_another_program,
    _execute("DROP TABLE archive_topic"),
    _execute("DROP TABLE django_migrations"),
    _execute("DELETE FROM archive_article WHERE id = 3"),
    _execute("UPDATE archive_article SET content_hash = 'x' WHERE id = 3"),
    _execute("INSERT INTO django_migrations (app, name, applied)"
             " VALUES ('archive', '9999_later', '2026-01-01')"),
    _execute("DELETE FROM django_migrations WHERE name = '0001_initial'"),
]  # fmt: skip


class TestBackupsThatLie:
    @pytest.mark.parametrize("change", LIES)
    def test_they_are_refused_before_anything_is_touched(
        self,
        other_site: Path,
        spoil: Callable[..., Path],
        change: Callable[[Path], None],
    ) -> None:
        before = read_tree(other_site)
        done = make_manager(other_site)(
            "restore", str(spoil(change)), "--force", status=2
        )
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr
        assert read_tree(other_site) == before

    @pytest.mark.parametrize(
        "values", [{"content": "0" * 64}, {"tables": ("archive_article", "nowhere")}]
    )
    def test_another_manifest_is_refused(
        self, other_site: Path, forge: Callable[..., Path], values: dict[str, Any]
    ) -> None:
        before = read_tree(other_site)
        make_manager(other_site)("restore", str(forge(**values)), "--force", status=2)
        assert read_tree(other_site) == before
