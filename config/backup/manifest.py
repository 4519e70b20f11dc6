"""The manifest of a backup: its origin, and size and checksum of every file."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Final

# Incremented when earlier versions of Sijill cannot read new backups.
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the backup: its size in bytes, and its SHA-256 in hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first member of a backup.

    ``vendor`` is Django's name of the kind of database, ``content`` the digest of the
    articles, ``settings`` the values of `SITE_VARIABLES` that were set.
    """

    made_at: str
    vendor: str
    articles: int
    content: str
    migrations: tuple[str, ...]
    tables: tuple[str, ...]
    settings: Mapping[str, str]
    files: Mapping[str, FileEntry]
    format: int = FORMAT

    def to_json(self) -> bytes:
        """The manifest as JSON in UTF-8."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, written: bytes) -> "Manifest":
        """The inverse of `to_json`. Raises ValueError or TypeError for other JSON."""
        values = json.loads(written)
        if not isinstance(values, dict) or not isinstance(values.get("files"), dict):
            raise ValueError("This is no manifest.")
        files = {name: FileEntry(**entry) for name, entry in values["files"].items()}
        lists = {name: tuple(values[name]) for name in ("migrations", "tables")}
        return cls(**{**values, **lists, "files": files})


def digest_articles(rows: Iterable[tuple[int, str]]) -> tuple[int, str]:
    """The number of articles, and the SHA-256 of their ids and content hashes in order.

    >>> digest_articles([(1, "ab"), (2, "cd")]) == digest_articles([(1, "ab")])
    False
    """
    count, digest = 0, hashlib.sha256()
    for article_id, content_hash in rows:
        digest.update(f"{article_id} {content_hash}\n".encode())
        count += 1
    return count, digest.hexdigest()
