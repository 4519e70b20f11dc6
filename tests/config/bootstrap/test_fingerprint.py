"""Detection of changes that need a new set-up."""

from pathlib import Path

import pytest

from config.bootstrap import fingerprint

PRODUCTS = [
    "index",
    "locale",
    "secret-key",
    "static/staticfiles.json",
    "sijill.sqlite3",
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch) -> Path:
    """A project of two files."""
    root = tmp_path / "project"
    for name in ("archive/models.py", "sample/articles.jsonl"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text("1")
    (root / "requirements.lock").write_text("django\n")
    monkeypatch.setattr(fingerprint, "BASE_DIR", root)
    return root


@pytest.fixture
def data_dir(tmp_path: Path, project: Path) -> Path:
    """The data directory of a site that has just been set up."""
    directory = tmp_path / "data"
    for name in PRODUCTS:
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).touch()
    fingerprint.Record(fingerprint.current(""), sample_decided=True).write(directory)
    return directory


class TestIsSetUp:
    def test_unchanged_site_is_set_up(self, data_dir: Path) -> None:
        assert fingerprint.is_set_up(data_dir, "")

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("archive/models.py", "2"),
            ("archive/migrations/0002_more.py", ""),
            ("requirements.lock", "django==6\n"),
            ("sample/articles.jsonl", "1 "),
        ],
    )
    def test_changed_source_is_detected(
        self, project: Path, data_dir: Path, name: str, content: str
    ) -> None:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(content)
        assert not fingerprint.is_set_up(data_dir, "")

    def test_moved_file_is_detected(self, project: Path, data_dir: Path) -> None:
        (project / "archive/models.py").rename(project / "archive/article.py")
        assert not fingerprint.is_set_up(data_dir, "")

    def test_bytecode_is_ignored(self, project: Path, data_dir: Path) -> None:
        (project / "archive/__pycache__").mkdir()
        (project / "archive/__pycache__/models.pyc").touch()
        assert fingerprint.is_set_up(data_dir, "")

    @pytest.mark.parametrize("product", PRODUCTS)
    def test_missing_product_is_detected(self, data_dir: Path, product: str) -> None:
        (data_dir / product).unlink()
        assert not fingerprint.is_set_up(data_dir, "")

    def test_other_database_is_detected(self, data_dir: Path) -> None:
        assert not fingerprint.is_set_up(data_dir, "postgres://h/sijill")


class TestRecord:
    def test_record_is_read_back(self, tmp_path: Path) -> None:
        fingerprint.Record("abc", sample_decided=True).write(tmp_path)
        assert fingerprint.Record.read(tmp_path) == fingerprint.Record(
            "abc", sample_decided=True
        )

    @pytest.mark.parametrize("content", [None, "", "[", "[]", '{"unknown": 1}'])
    def test_damaged_record_is_ignored(
        self, tmp_path: Path, content: str | None
    ) -> None:
        if content is not None:
            (tmp_path / "set-up.json").write_text(content)
        assert fingerprint.Record.read(tmp_path) == fingerprint.Record()
