"""The rows of the files of a test collection, each with its place in the file."""

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
class Place:
    """A line of a file, from 1."""

    file: str
    line: int

    def error(self, sentence: str) -> CollectionError:
        """The error that says where something is wrong."""
        return CollectionError(f"{self.file}, line {self.line}: {sentence}")


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object of a file."""

    place: Place
    fields: dict[str, Any]

    def id(self) -> str:
        """The id; a whole number is taken as its digits. Raises CollectionError."""
        value = self.fields.get("id")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.text("id")

    def text(self, *names: str) -> str:
        """The text of the first of the fields *names* that is there.

        Halves of surrogate pairs become question marks. Raises CollectionError where
        none is there or it holds no text.
        """
        name = next((name for name in names if name in self.fields), names[0])
        value = self.fields.get(name)
        if not isinstance(value, str):
            raise self.place.error(f"the field “{name}” is missing or holds no text.")
        return value.encode(errors="replace").decode()


def open_packed(path: Path) -> BinaryIO:
    """The file at *path*, unpacked where it ends in .gz; raises CollectionError."""
    try:
        if path.suffix == GZIP:
            return cast(BinaryIO, gzip.open(path))
        return path.open("rb")
    except OSError as error:
        raise CollectionError(
            f"The file {path} cannot be read: {error.strerror}."
        ) from error


def iter_lines(stream: BinaryIO, file: str) -> Iterator[tuple[Place, str]]:
    """The lines of *stream* that are not blank; *file* names it in messages.

    Raises CollectionError where it is not UTF-8 or not whole.
    """
    try:
        for number, line in enumerate(stream, 1):
            text = _decode(line, Place(file, number))
            if text.strip():
                yield Place(file, number), text
    except (OSError, EOFError, zlib.error) as error:
        raise CollectionError(
            f"{file} is damaged or cut off. Fetch it again."
        ) from error


def _decode(line: bytes, place: Place) -> str:
    """The text of a line; a byte-order mark may begin the first."""
    try:
        return line.decode("utf-8-sig" if place.line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise place.error("this is not UTF-8. Convert the file to UTF-8.") from error


def iter_rows(stream: BinaryIO, file: str) -> Iterator[Row]:
    """The JSON objects of *stream*, one a line; raises CollectionError."""
    for place, line in iter_lines(stream, file):
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise place.error(_NOT_AN_OBJECT) from error
        if not isinstance(fields, dict):
            raise place.error(_NOT_AN_OBJECT)
        yield Row(place, fields)
