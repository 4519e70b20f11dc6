"""Indexes and questions that are kept between runs, by what they were made of.

Some peers need an hour for what others do in a minute; ``--keep`` names the folder in
which everything lies that need not be made again. Public: `Drawn`, `Keeper`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from benchmarks.data.questions import Question
from benchmarks.engines.process import Built
from search.arabic.analyzer import ANALYZER_VERSION

_ROOT: Final = Path(__file__).resolve().parent.parent
_FIGURES: Final = "figures.json"
_LENGTH: Final = 16
# By the folder of the index: the sources of which a change makes another index.
_SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "sijill": (
        "search/engines",
        "search/arabic",
        "search/indexing",
        "benchmarks/engines/sijill.py",
    ),
    "fts5": ("benchmarks/engines/fts5.py",),
    "tantivy": ("benchmarks/engines/tantivy_peer.py",),
    "haystack": ("benchmarks/engines/whoosh_stock.py", "benchmarks/engines/stock"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """The questions of a collection, its articles, and the bytes of its text."""

    questions: tuple[Question, ...]
    warming: tuple[Question, ...]
    articles: int
    text_bytes: int


class Keeper:
    """Keeps what is made of the first *size* articles of a file under *folder*."""

    def __init__(self, folder: Path, articles: Path, size: int) -> None:
        with articles.open("rb") as opened:
            digest = hashlib.file_digest(opened, "blake2b").hexdigest()
        made_of = f"{digest[:_LENGTH]}-{size}-{ANALYZER_VERSION}"
        self._folder = folder / made_of

    def place(self, index: str) -> Path:
        """The folder for the index of that name, made by the sources as they are."""
        digest = hashlib.blake2b()
        for path in _iter_files(_SOURCES[index]):
            digest.update(path.read_bytes())
        return self._folder / f"{index}-{digest.hexdigest()[:_LENGTH]}"

    def build(self, place: Path, make: Callable[[], Built]) -> tuple[Built, bool]:
        """The figures of the index in *place*, and whether it was kept there whole."""
        figures = place / _FIGURES
        if figures.exists():
            return Built(**json.loads(figures.read_text("utf-8"))), True
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        built = make()
        figures.write_text(json.dumps(asdict(built)), "utf-8")
        return built, False

    def draw(self, by: Iterable[int], draw: Callable[[], Drawn]) -> Drawn:
        """What *draw* returned when it was first asked for *by* these numbers."""
        path = self._folder / f"questions-{'-'.join(map(str, by))}.json"
        if path.exists():
            return _read(json.loads(path.read_text("utf-8")))
        drawn = draw()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(drawn), ensure_ascii=False), "utf-8")
        return drawn


def _iter_files(names: Iterable[str]) -> Iterable[Path]:
    for name in names:
        path = _ROOT / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else (path,)


def _read(values: dict[str, list[dict[str, list[str]]]]) -> Drawn:
    questions = {
        name: tuple(
            Question(**{**one, "words": tuple(one["words"])})  # type: ignore[arg-type]
            for one in values[name]
        )
        for name in ("questions", "warming")
    }
    return Drawn(**{**values, **questions})  # type: ignore[arg-type]
