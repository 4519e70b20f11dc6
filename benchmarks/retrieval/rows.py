"""Lines and JSON objects of the files of a test collection, with their line numbers."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from benchmarks.retrieval.collection import CollectionError

GZIP: Final = ".gz"
_NOT_AN_OBJECT: Final = "this is not a JSON object."


@dataclass(frozen=True, slots=True)
class Location:
    """A line of a file; ``line`` counts from 1."""

    file: str
    line: int

    def error(self, sentence: str) -> CollectionError:
        """An error whose message begins with file and line."""
        return CollectionError(f"{self.file}, line {self.line}: {sentence}")


@dataclass(frozen=True, slots=True)
class Row:
    """A JSON object of a file."""

    location: Location
    fields: dict[str, Any]

    def id(self) -> str:
        """The field ``id``; an integer becomes its digits. Raises CollectionError."""
        value = self.fields.get("id")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.text("id")

    def text(self, *names: str) -> str:
        """The text of the first field present among *names*.

        Lone surrogates become question marks. Raises CollectionError where no field
        is present or the field is not a string.
        """
        name = next((name for name in names if name in self.fields), names[0])
        value = self.fields.get(name)
        if not isinstance(value, str):
            raise self.location.error(
                f"the field “{name}” is missing or holds no text."
            )
        return value.encode(errors="replace").decode()


def open_packed(path: Path) -> BinaryIO:
    """The file at *path*, decompressed where its name ends in .gz.

    Raises CollectionError.
    """
    try:
        if path.suffix == GZIP:
            return cast(BinaryIO, gzip.open(path))
        return path.open("rb")
    except OSError as error:
        raise CollectionError(
            f"The file {path} cannot be read: {error.strerror}."
        ) from error


def iter_lines(stream: BinaryIO, file: str) -> Iterator[tuple[Location, str]]:
    """The lines of *stream* that are not blank; *file* names it in messages.

    Raises CollectionError where a line is not UTF-8 or the stream is cut off.
    """
    try:
        for number, line in enumerate(stream, 1):
            text = _decode(line, Location(file, number))
            if text.strip():
                yield Location(file, number), text
    except (OSError, EOFError, zlib.error) as error:
        raise CollectionError(
            f"{file} is damaged or cut off. Fetch it again."
        ) from error


def _decode(line: bytes, location: Location) -> str:
    """The text of a line, without the byte-order mark that the first may have."""
    try:
        return line.decode("utf-8-sig" if location.line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise location.error("this is not UTF-8. Convert the file to UTF-8.") from error


def iter_rows(stream: BinaryIO, file: str) -> Iterator[Row]:
    """The JSON objects of *stream*, one a line. Raises CollectionError."""
    for location, line in iter_lines(stream, file):
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise location.error(_NOT_AN_OBJECT) from error
        if not isinstance(fields, dict):
            raise location.error(_NOT_AN_OBJECT)
        yield Row(location, fields)
