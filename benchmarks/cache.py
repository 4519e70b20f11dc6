"""Indexes and questions that are reused by later runs (``--keep``).

Some peers need an hour to build their index. Everything is stored under a digest of
what it depends on: articles, size, analyzer version and, for an index, source files.
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
# Characters of a digest in a folder's name.
_LENGTH: Final = 16
# Index → the source files that determine its content.
_SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "sijill": (
        "search/engines",
        "search/arabic",
        "search/indexing",
        "benchmarks/engines/sijill.py",
        "benchmarks/scratch_index.py",
    ),
    "fts5": ("benchmarks/engines/fts5.py",),
    "tantivy": ("benchmarks/engines/tantivy_peer.py",),
    "haystack": ("benchmarks/engines/whoosh_stock.py", "benchmarks/engines/stock"),
}


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions drawn from a collection, and the size of the collection.

    ``warming`` are asked before anything is timed; ``text_bytes`` are of titles and
    bodies in UTF-8.
    """

    questions: tuple[Question, ...]
    warming: tuple[Question, ...]
    articles: int
    text_bytes: int


class BenchmarkCache:
    """Indexes and questions of the first *size* articles of a file, under *folder*."""

    def __init__(self, folder: Path, articles: Path, size: int) -> None:
        with articles.open("rb") as opened:
            digest = hashlib.file_digest(opened, "blake2b").hexdigest()
        key = f"{digest[:_LENGTH]}-{size}-{ANALYZER_VERSION}"
        self._folder = folder / key

    def index_folder(self, index: str) -> Path:
        """The folder of the index called *index*, of its sources as they are now."""
        digest = hashlib.blake2b()
        for path in _iter_files(_SOURCES[index]):
            digest.update(path.read_bytes())
        return self._folder / f"{index}-{digest.hexdigest()[:_LENGTH]}"

    def build(self, folder: Path, build: Callable[[], Built]) -> tuple[Built, bool]:
        """The figures of the index in *folder*, and whether it was there already.

        Otherwise *build* makes it; remains of an interrupted build are removed first.
        """
        figures = folder / _FIGURES
        if figures.exists():
            return Built(**json.loads(figures.read_text("utf-8"))), True
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        built = build()
        figures.write_text(json.dumps(asdict(built)), "utf-8")
        return built, False

    def draw(
        self, parameters: Iterable[int], draw: Callable[[], QuestionSet]
    ) -> QuestionSet:
        """The result of *draw*, called once for the same *parameters*."""
        path = self._folder / f"questions-{'-'.join(map(str, parameters))}.json"
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


def _read(values: dict[str, list[dict[str, list[str]]]]) -> QuestionSet:
    questions = {
        name: tuple(
            Question(**{**row, "words": tuple(row["words"])})  # type: ignore[arg-type]
            for row in values[name]
        )
        for name in ("questions", "warming")
    }
    return QuestionSet(**{**values, **questions})  # type: ignore[arg-type]
