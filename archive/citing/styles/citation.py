"""A citation as runs of text, so that a page can isolate titles and set them apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Piece(StrEnum):
    """What a run of a citation is."""

    PLAIN = "plain"
    NAME = "name"
    PLACE = "place"
    TITLE = "title"
    CONTAINER = "container"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a citation."""

    text: str
    piece: Piece = Piece.PLAIN


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation; ``str`` of it is its text, without signs of direction."""

    runs: tuple[Run, ...]

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)


def join_runs(parts: Iterable[tuple[Run, ...]], separator: str) -> tuple[Run, ...]:
    """The runs of all parts that are not empty, *separator* between two parts."""
    joined: list[Run] = []
    for part in parts:
        if not any(run.text for run in part):
            continue
        if joined:
            joined.append(Run(separator))
        joined.extend(part)
    return tuple(joined)


def in_parentheses(place: str) -> tuple[Run, ...]:
    """The place of a source, with a blank before; ``()`` where it is unknown."""
    return (Run(" ("), Run(place, Piece.PLACE), Run(")")) if place else ()
