"""What the site has written is closed to others, and nothing else is touched."""

import os
import sys
from pathlib import Path

import pytest

from config.bootstrap.private_files import list_open, restrict_existing

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="files have no modes there"
)

_OWN = (
    "sijill.sqlite3",
    "sijill.sqlite3-wal",
    "sijill.sqlite3.replaced-2026-11-30",
    "secret-key",
    "rate-limits",
    "set-up.json",
    "last-reconcile.json",
    "indexer-heartbeat",
    "indexer.lock",
)
_FOLDERS = ("index", "media")
_OTHERS = ("static", "locale", "of-somebody-else")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory that was there before, as with ``umask 022``."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in _OWN:
        (folder / name).touch()
        (folder / name).chmod(0o644)
    for name in (*_FOLDERS, *_OTHERS):
        (folder / name).mkdir()
        (folder / name).chmod(0o755)
    folder.chmod(0o755)
    return folder


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


class TestRestrictExisting:
    def test_what_the_site_wrote_is_private(self, data_dir: Path) -> None:
        restrict_existing(data_dir)
        assert {_mode(data_dir / name) for name in _OWN} == {0o600}
        assert {_mode(data_dir / name) for name in _FOLDERS} == {0o700}

    def test_the_rest_and_the_folder_stay_as_they_are(self, data_dir: Path) -> None:
        restrict_existing(data_dir)
        assert {_mode(data_dir / name) for name in _OTHERS} == {0o755}
        assert _mode(data_dir) == 0o755

    def test_target_of_a_link_stays_as_it_is(
        self, data_dir: Path, tmp_path: Path
    ) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        elsewhere.chmod(0o755)
        (data_dir / "media").rmdir()
        (data_dir / "media").symlink_to(elsewhere)
        restrict_existing(data_dir)
        assert _mode(elsewhere) == 0o755

    def test_modes_of_the_owner_are_kept(self, data_dir: Path) -> None:
        (data_dir / "secret-key").chmod(0o440)
        restrict_existing(data_dir)
        assert _mode(data_dir / "secret-key") == 0o400

    def test_missing_directory_is_no_error(self, tmp_path: Path) -> None:
        restrict_existing(tmp_path / "absent")

    def test_file_of_another_account_is_no_error(
        self, data_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*arguments: object, **options: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "chmod", refuse)
        monkeypatch.setattr(Path, "chmod", refuse)
        restrict_existing(data_dir)
        assert data_dir / "secret-key" in list_open(data_dir)


class TestListOpen:
    def test_closed_folder_has_nothing_open(self, data_dir: Path) -> None:
        data_dir.chmod(0o700)
        assert list_open(data_dir) == []

    @pytest.mark.parametrize("mode", [0o750, 0o710])
    def test_group_is_not_others(self, data_dir: Path, mode: int) -> None:
        data_dir.chmod(mode)
        assert list_open(data_dir) == []

    @pytest.mark.parametrize("mode", [0o755, 0o704, 0o702, 0o777])
    def test_folder_that_others_may_list_or_write_is_open(
        self, data_dir: Path, mode: int
    ) -> None:
        restrict_existing(data_dir)
        data_dir.chmod(mode)
        assert list_open(data_dir) == [data_dir]

    def test_folder_that_others_may_only_pass_is_open_by_its_files(
        self, data_dir: Path
    ) -> None:
        """As where a web server reads ``static``."""
        data_dir.chmod(0o711)
        assert data_dir / "sijill.sqlite3" in list_open(data_dir)
        assert data_dir not in list_open(data_dir)
        restrict_existing(data_dir)
        assert list_open(data_dir) == []
