"""What a backup says of itself: `Manifest`, `FileEntry`, `digest_articles`."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Final

# Moves when a backup of before could no longer be read.
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the backup: its bytes, and their SHA-256 in hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first member of a backup.

    ``vendor`` is Django's name of the kind of database, ``content`` the digest of the
    articles, ``settings`` the environment variables that were set and are no secret.
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
        """The manifest as UTF-8."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, written: bytes) -> "Manifest":
        """The manifest that ``to_json`` wrote; ValueError or TypeError for others."""
        found = json.loads(written)
        if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
            raise ValueError("This is no manifest.")
        files = {name: FileEntry(**entry) for name, entry in found["files"].items()}
        lists = {name: tuple(found[name]) for name in ("migrations", "tables")}
        return cls(**{**found, **lists, "files": files})


def digest_articles(rows: Iterable[tuple[int, str]]) -> tuple[int, str]:
    """How many articles, and a SHA-256 of their numbers and content hashes, in order.

    >>> digest_articles([(1, "ab"), (2, "cd")]) == digest_articles([(1, "ab")])
    False
    """
    count, digest = 0, hashlib.sha256()
    for article_id, content_hash in rows:
        digest.update(f"{article_id} {content_hash}\n".encode())
        count += 1
    return count, digest.hexdigest()
