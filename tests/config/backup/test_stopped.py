"""Backups and restores that are stopped, by a signal or by an error of the disk."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.backup.packing import unpack
from tests.config.backup.processes import (
    DATABASE,
    UPLOAD,
    check_nothing_is_left,
    list_kept,
    list_scratch,
    make_environ,
    make_manager,
    read_hashes,
    read_hashes_of,
)
from tests.faults.figures import note
from tests.forked import run_python
from tests.installed import count_rounds
from tests.sources import BASE_DIR

pytestmark = pytest.mark.slow


# Runs a command and ends it just before its nth step on a file, by a signal or by an
# error of the disk.
_STEPPING = """
import errno, os, pathlib, shutil, signal, sys
fault, target, step = sys.argv[1], int(sys.argv[2]), 0
def count(name, original):
    def wrapper(*arguments, **options):
        global step
        step += 1
        if step == target and fault == "EIO":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        if step == target:
            os.kill(os.getpid(), getattr(signal, fault))
        return original(*arguments, **options)
    return wrapper
for name in ("rename", "replace", "unlink", "link", "fsync", "mkdir", "rmdir"):
    setattr(os, name, count(name, getattr(os, name)))
for name in ("copyfile",):
    setattr(shutil, name, count(name, getattr(shutil, name)))
sys.argv = ["manage.py", *sys.argv[3:]]
import manage
import atexit
atexit.register(lambda: print("steps", step, flush=True))
manage.main()
"""


def _run_to(
    data_dir: Path, fault: str, step: int, *arguments: str
) -> "subprocess.CompletedProcess[str]":
    environ = make_environ(data_dir)
    return run_python("-c", _STEPPING, fault, str(step), *arguments, env=environ)


def _iter_steps(
    run: Callable[[int], "subprocess.CompletedProcess[str]"],
) -> Iterator["subprocess.CompletedProcess[str]"]:
    """The command stopped before one operation after the other."""
    counted = re.search(r"^steps (\d+)$", run(0).stdout, re.MULTILINE)
    assert counted
    for step in range(1, int(counted[1]) + 1, count_rounds(short=5, full=1)):
        done = run(step)
        assert "Traceback" not in done.stderr, done.stderr
        yield done


class TestStopped:
    def _read(self, data_dir: Path) -> list[tuple[int, str]]:
        with closing(sqlite3.connect(data_dir / DATABASE)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return read_hashes(data_dir)

    def _read_all(self, data_dir: Path) -> list[list[tuple[int, str]]]:
        """The archives that are there, be it under another name."""
        databases = [data_dir / DATABASE, *list_kept(data_dir)]
        return [read_hashes_of(file) for file in databases]

    @pytest.mark.parametrize("fault", ["SIGTERM", "SIGKILL", "EIO"])
    def test_a_restore_stopped_at_any_step_leaves_one_archive_or_the_other(
        self, site: Path, other_site: Path, backup: Path, fault: str
    ) -> None:
        pristine = other_site.with_name("pristine")
        shutil.copytree(other_site, pristine)
        (pristine / "media" / UPLOAD).write_bytes(b"theirs")
        old, new = read_hashes(pristine), read_hashes(site)
        restore = ("restore", str(backup), "--force", "--no-index")

        def run(step: int) -> "subprocess.CompletedProcess[str]":
            shutil.rmtree(other_site)
            shutil.copytree(pristine, other_site)
            return _run_to(other_site, fault, step, *restore)

        outcomes = []
        for done in _iter_steps(run):
            found = self._read(other_site)
            assert found in (old, new)
            assert old in self._read_all(other_site)
            uploads = other_site.glob(f"media*/{UPLOAD}")
            assert b"theirs" in [upload.read_bytes() for upload in uploads]
            outcomes.append(found == new)
            if fault == "EIO":
                assert done.returncode == 2 or (found == new and not done.returncode)
            elif fault == "SIGTERM":
                # 0 where it was cleaning up already.
                assert done.returncode == 130 or (found == new and not done.returncode)
                check_nothing_is_left(other_site)
                upload = (other_site / "media" / UPLOAD).read_bytes()
                assert upload == (b"\xff\xd8" if found == new else b"theirs")
            elif fault == "SIGKILL" and len(outcomes) % 3 == 0:
                # Whatever it was, the same command ends it, and sweeps.
                make_manager(other_site)(*restore)
                assert self._read(other_site) == new
                check_nothing_is_left(other_site)
        assert False in outcomes
        # Another way is found around some errors.
        if fault != "EIO":
            assert outcomes.count(False) > 1
            assert outcomes == sorted(outcomes)
        note(
            f"restores stopped by {fault} before an operation on a file",
            steps=len(outcomes),
            archives_lost=0,
        )

    def test_an_error_just_after_the_swap_puts_the_old_database_back(
        self, other_site: Path, backup: Path
    ) -> None:
        code = (
            "import errno, os, stat, sys\n"
            "fsync = os.fsync\n"
            "def refuse_folders(file):\n"
            "    if stat.S_ISDIR(os.fstat(file).st_mode):\n"
            "        raise OSError(errno.EIO, os.strerror(errno.EIO))\n"
            "    fsync(file)\n"
            "os.fsync = refuse_folders\n"
            "import manage\n"
            f"sys.argv = ['manage.py', 'restore', {str(backup)!r}, '--force']\n"
            "manage.main()\n"
        )
        before = self._read(other_site)
        done = run_python("-c", code, env=make_environ(other_site))
        assert done.returncode == 2
        assert self._read(other_site) == before
        assert not list_kept(other_site)

    @pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGKILL"])
    def test_a_backup_stopped_at_any_step_leaves_the_last_one_and_no_copy(
        self, site: Path, tmp_path: Path, signal_name: str
    ) -> None:
        folder = tmp_path / "backups"
        folder.mkdir()
        target = folder / "archive.backup"
        target.write_bytes(b"the one before")
        backup = ("backup", "--force", str(target))
        steps = 0
        for done in _iter_steps(lambda step: _run_to(site, signal_name, step, *backup)):
            steps += 1
            if signal_name == "SIGTERM":
                assert done.returncode in (0, 130)
                assert [path.name for path in folder.iterdir()] == [target.name]
            # Whoever kills it leaves at most one folder, for the next to sweep.
            assert len(list_scratch(folder)) <= 1
            if target.read_bytes() != b"the one before":
                unpacked = tmp_path / f"unpacked-{steps}"
                unpacked.mkdir()
                unpack(target, unpacked, lambda size: None)
                target.write_bytes(b"the one before")
        make_manager(site)(*backup)
        assert not list_scratch(folder)
        note(
            f"backups stopped by {signal_name} before an operation on a file",
            steps=steps,
            copies_left=0,
        )

    def test_sigterm_during_a_long_copy_leaves_nothing(
        self, site: Path, tmp_path: Path
    ) -> None:
        large = tmp_path / "large"
        shutil.copytree(site, large)
        (large / "media" / "scan.bin").write_bytes(os.urandom(60_000_000))
        folder = tmp_path / "backups"
        folder.mkdir()
        process = subprocess.Popen(
            [sys.executable, "manage.py", "backup", str(folder / "a.backup")],
            cwd=BASE_DIR,
            env=make_environ(large),
            stderr=subprocess.PIPE,
            text=True,
        )
        until = time.monotonic() + 60
        while not any(folder.rglob("*/files/*")) and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        said = process.communicate()[1]
        assert process.returncode == 130
        assert "Traceback" not in said
        assert not list(folder.iterdir())

    def test_a_running_backup_is_not_swept_by_another(
        self, site: Path, tmp_path: Path
    ) -> None:
        folder = tmp_path / "backups"
        folder.mkdir()
        code = (
            "import django, time; django.setup()\n"
            "from pathlib import Path\n"
            "from config.backup.scratch import scratch_folder\n"
            f"with scratch_folder(Path({str(folder)!r})) as scratch:\n"
            "    (scratch / 'database').write_text('copy')\n"
            "    print('ready', flush=True)\n"
            "    time.sleep(600)\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=BASE_DIR,
            env=make_environ(site),
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            process.stdout.readline()
            manage = make_manager(site)
            manage("backup", str(folder / "a.backup"))
            assert len(list(folder.glob(".sijill-scratch-*"))) == 1
        finally:
            process.kill()
            process.communicate()
        manage("backup", str(folder / "b.backup"))
        assert not list(folder.glob(".sijill-*"))
