"""Detects whether the site has to be set up again.

Set-up is one idempotent pass, so one fingerprint of everything that it reads is enough:
if the fingerprint of the last pass is unchanged, start.py serves at once. Standard
library only, because start.py imports it before anything is installed.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]

# Sources of migrations, catalogues, static files, sample and index.
_SOURCES = ("archive", "config", "locale", "sample", "search", "static")
_FILES = ("requirements.lock",)
_GENERATED_SUFFIXES = frozenset({".mo", ".pyc"})
# Files that a finished set-up leaves in the data directory, with any database.
_PRODUCTS = ("index", "locale", "secret-key", "static/staticfiles.json")
_SQLITE_FILE = "sijill.sqlite3"
_RECORD_FILE = "set-up.json"


@dataclass(frozen=True)
class Record:
    """The record of the last finished set-up."""

    fingerprint: str = ""
    # The sample is loaded into a new database at most once, so that changes and
    # removals by editors persist.
    sample_decided: bool = False

    @classmethod
    def read(cls, data_dir: Path) -> "Record":
        """The record in the data directory; an empty one where there is none."""
        try:
            return cls(**json.loads((data_dir / _RECORD_FILE).read_text("utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return cls()

    def write(self, data_dir: Path) -> None:
        """Replace the record atomically."""
        new = data_dir / f"{_RECORD_FILE}.new"
        new.write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")
        new.replace(data_dir / _RECORD_FILE)


def current(database_url: str) -> str:
    """The current fingerprint of the sources and the database URL: SHA-256 in hex."""
    digest = hashlib.sha256(database_url.encode())
    for file in sorted(_source_files()):
        content = file.read_bytes()
        name = file.relative_to(BASE_DIR).as_posix()
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def is_set_up(data_dir: Path, database_url: str) -> bool:
    """Whether the fingerprint is unchanged and no product of set-up is missing."""
    products = list(_PRODUCTS)
    if not database_url:
        products.append(_SQLITE_FILE)
    if not all((data_dir / name).exists() for name in products):
        return False
    return Record.read(data_dir).fingerprint == current(database_url)


def _source_files() -> list[Path]:
    files = [BASE_DIR / name for name in _FILES]
    for source in _SOURCES:
        for directory, subdirectories, names in os.walk(BASE_DIR / source):
            subdirectories[:] = [sub for sub in subdirectories if sub != "__pycache__"]
            files += [
                Path(directory, name)
                for name in names
                if Path(name).suffix not in _GENERATED_SUFFIXES
            ]
    return files
