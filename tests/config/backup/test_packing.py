"""A backup is unpacked byte for byte, or refused before it is used."""

import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from config.backup.manifest import FORMAT, FileEntry, Manifest, digest_articles
from config.backup.packing import MANIFEST, BackupDamaged, describe, pack, unpack

TEXT = ("نص المقال. " * 5000).encode()
FILES = {"database": TEXT, "media/صورة.jpg": bytes(range(256)) * 20}


def _manifest(folder: Path, names: list[str]) -> Manifest:
    return Manifest(
        made_at="2024-01-01T00:00:00+00:00",
        vendor="sqlite",
        articles=1,
        content="ab",
        migrations=("archive.0001_initial",),
        tables=("archive_article",),
        settings={"SITE_NAME_AR": "أرشيفنا"},
        files={name: describe(folder / name) for name in names},
    )


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A backup of two files."""
    folder = tmp_path / "in"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    target = tmp_path / "archive.backup"
    pack(target, _manifest(folder, list(FILES)), folder, len(FILES).__add__)
    return target


def _unpack(source: Path, folder: Path) -> Manifest:
    folder.mkdir()
    return unpack(source, folder, lambda size: None)


def _pack_by_hand(target: Path, *members: tuple[str, bytes]) -> None:
    with tarfile.open(target, "w:gz") as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


class TestRoundTrip:
    def test_every_file_is_restored(self, packed: Path, tmp_path: Path) -> None:
        manifest = _unpack(packed, tmp_path / "out")
        for name, content in FILES.items():
            assert (tmp_path / "out" / name).read_bytes() == content
            assert manifest.files[name].size == len(content)
        assert manifest.settings == {"SITE_NAME_AR": "أرشيفنا"}
        assert manifest.format == FORMAT

    def test_backup_is_private(self, packed: Path) -> None:
        assert packed.stat().st_mode & 0o077 == 0

    def test_progress_sums_to_the_sizes(self, packed: Path, tmp_path: Path) -> None:
        sizes: list[int] = []
        (tmp_path / "out").mkdir()
        unpack(packed, tmp_path / "out", sizes.append)
        assert sum(sizes) == sum(map(len, FILES.values()))

    def test_failed_backup_keeps_the_previous_one(
        self, packed: Path, tmp_path: Path
    ) -> None:
        before = packed.read_bytes()
        lost = _manifest(tmp_path / "in", ["database"])
        (tmp_path / "in" / "database").unlink()
        with pytest.raises(FileNotFoundError):
            pack(packed, lost, tmp_path / "in", len(FILES).__add__)
        assert packed.read_bytes() == before
        assert not list(tmp_path.glob("*.part"))


class TestDamage:
    def test_altered_byte_is_refused(self, packed: Path, tmp_path: Path) -> None:
        whole = packed.read_bytes()
        # The first ten bytes are the gzip header, which has no checksum.
        places = [*range(10, len(whole), max(1, len(whole) // 60)), len(whole) - 1]
        for turn, place in enumerate(places):
            changed = bytearray(whole)
            changed[place] ^= 0x10
            packed.write_bytes(changed)
            with pytest.raises(BackupDamaged, match=str(packed)):
                _unpack(packed, tmp_path / f"out-{turn}")

    @pytest.mark.parametrize("kept", [0, 1, 10, 100, 0.25, 0.5, 0.9, -1, -8])
    def test_truncated_file_is_refused(
        self, packed: Path, tmp_path: Path, kept: float
    ) -> None:
        whole = packed.read_bytes()
        end = int(len(whole) * kept) if isinstance(kept, float) else kept
        packed.write_bytes(whole[:end])
        with pytest.raises(BackupDamaged):
            _unpack(packed, tmp_path / "out")

    def test_other_file_is_refused(self, tmp_path: Path) -> None:
        other = tmp_path / "letter.txt"
        other.write_text("ليس نسخة احتياطية")
        with pytest.raises(BackupDamaged):
            _unpack(other, tmp_path / "out")

    @pytest.mark.parametrize(
        "written", [b"", b"[]", b"{}", b'{"files": {}}', b'{"files": {"a": {}}}']
    )
    def test_invalid_manifest_is_refused(self, tmp_path: Path, written: bytes) -> None:
        source = tmp_path / "forged.backup"
        _pack_by_hand(source, (MANIFEST, written))
        with pytest.raises(BackupDamaged):
            _unpack(source, tmp_path / "out")

    @pytest.mark.parametrize("name", ["../outside", "/outside", "media/../../outside"])
    def test_path_outside_the_folder_is_refused(
        self, packed: Path, tmp_path: Path, name: str
    ) -> None:
        entry = FileEntry(4, "0" * 64)
        manifest = replace(_manifest(tmp_path / "in", []), files={name: entry})
        source = tmp_path / "forged.backup"
        _pack_by_hand(source, (MANIFEST, manifest.to_json()), (name, b"text"))
        with pytest.raises(BackupDamaged):
            _unpack(source, tmp_path / "out")
        assert not list(tmp_path.rglob("outside"))

    def test_missing_or_additional_file_is_refused(
        self, packed: Path, tmp_path: Path
    ) -> None:
        source = tmp_path / "forged.backup"
        manifest = _manifest(tmp_path / "in", ["database"]).to_json()
        _pack_by_hand(source, (MANIFEST, manifest))
        with pytest.raises(BackupDamaged):
            _unpack(source, tmp_path / "few")
        more = ("more", b"text")
        _pack_by_hand(source, (MANIFEST, manifest), ("database", TEXT), more)
        with pytest.raises(BackupDamaged):
            _unpack(source, tmp_path / "many")

    def test_backup_of_a_later_version_is_refused(
        self, packed: Path, tmp_path: Path
    ) -> None:
        manifest = replace(_manifest(tmp_path / "in", []), format=FORMAT + 1)
        source = tmp_path / "later.backup"
        _pack_by_hand(source, (MANIFEST, manifest.to_json()))
        with pytest.raises(BackupDamaged, match=r"later version|إصدار لاحق"):
            _unpack(source, tmp_path / "out")


class TestManifest:
    def test_manifest_is_readable_json(self, packed: Path) -> None:
        with tarfile.open(packed) as tar:
            first = tar.next()
            assert first is not None
            opened = tar.extractfile(first)
            assert opened is not None
            written = opened.read().decode()
        assert first.name == MANIFEST
        assert "أرشيفنا" in written
        assert json.loads(written)["files"]["database"]["size"] == len(TEXT)

    def test_digest_depends_on_ids_hashes_and_order(self) -> None:
        rows = [(1, "ab"), (2, "cd")]
        digests = {
            digest_articles(other)
            for other in (rows, rows[:1], rows[::-1], [(1, "ab"), (3, "cd")], [])
        }
        assert len(digests) == 5
        assert digest_articles(iter(rows)) == digest_articles(rows)
        assert digest_articles(rows)[0] == 2
