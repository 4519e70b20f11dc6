"""SQLite's FTS5, fed our word families; facets by tables beside it.

The full-text table holds no text, as our index holds none. A question's hits go into
a temporary table once; the counts are one grouping of source and month, and one join
with the subjects. Where filters narrow the hits, only those that pass are scored.
Public: `Fts5`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.data.collection import Article, stems, tokens
from benchmarks.data.questions import Question
from benchmarks.peer import TOP, Answer, Counts

# The cache in KiB, the map in bytes: nothing is read twice, whatever the size.
_CACHE: Final = "PRAGMA cache_size = -262144; PRAGMA mmap_size = 2147418112;"
# The tokens are folded already, and every letter that is not ASCII is part of one.
_SCHEMA: Final = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE VIRTUAL TABLE words USING fts5(stems, content='', tokenize='ascii');
    CREATE TABLE facts (id INTEGER PRIMARY KEY, source INT, month INT, day INT);
    CREATE TABLE subjects (id INT, subject INT, PRIMARY KEY (id, subject))
        WITHOUT ROWID;
    CREATE TABLE names (number INTEGER PRIMARY KEY, name TEXT UNIQUE);
"""
_HITS: Final = "CREATE TEMP TABLE hits (id INTEGER PRIMARY KEY, score REAL)"
# The number of the name that an article without a source has.
_NAMELESS: Final = 0

_FIND: Final = (
    "INSERT INTO hits SELECT rowid, bm25(words) FROM words WHERE words MATCH :match"
)
_GROUP: Final = """
    SELECT source, month, 1, 1, count(*)
    FROM hits CROSS JOIN facts USING (id) GROUP BY 1, 2
"""
_BEST: Final = "SELECT id FROM hits ORDER BY score, id DESC LIMIT :top"
_SUBJECTS: Final = """
    SELECT subject, count(*) FROM hits CROSS JOIN subjects USING (id) GROUP BY subject
"""

_PASSING: Final = "(:source = 0 OR source = :source) AND (:first = 0 OR {})".format(
    "day BETWEEN :first AND :last"
)
_FIND_UNSCORED: Final = (
    "INSERT INTO hits SELECT rowid, 0 FROM words WHERE words MATCH :match"
)
_GROUP_NARROWED: Final = """
    SELECT source, month, (:source = 0 OR source = :source),
           (:first = 0 OR day BETWEEN :first AND :last), count(*)
    FROM hits CROSS JOIN facts USING (id) GROUP BY 1, 2, 3, 4
"""
# Ordered by bm25() and not by rank, which would score the others too.
_BEST_NARROWED: Final = f"""
    SELECT words.rowid FROM words CROSS JOIN facts ON facts.id = words.rowid
    WHERE words MATCH :match AND {_PASSING}
    ORDER BY bm25(words), facts.id DESC LIMIT :top
"""  # noqa: S608 - our own words
_SUBJECTS_NARROWED: Final = f"""
    SELECT subject, count(*) FROM hits CROSS JOIN facts USING (id)
    CROSS JOIN subjects USING (id) WHERE {_PASSING} GROUP BY subject
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class _Statements:
    """What is asked in turn: into the table of hits, and out of it."""

    find: str
    group: str
    subjects: str
    best: str


_WIDE: Final = _Statements(_FIND, _GROUP, _SUBJECTS, _BEST)
_NARROW: Final = _Statements(
    _FIND_UNSCORED, _GROUP_NARROWED, _SUBJECTS_NARROWED, _BEST_NARROWED
)


class Fts5:
    """An index in one file of SQLite."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fts5.sqlite3"
        self._database: sqlite3.Connection | None = None
        self._names: dict[int, str] = {}
        self._numbers: dict[str, int] = {}

    def build(self, articles: Iterable[Article]) -> None:
        """Write all in one transaction and merge the full text into one segment."""
        database = sqlite3.connect(self._path)
        database.executescript(_CACHE + _SCHEMA)
        numbers: dict[str, int] = {"": _NAMELESS}
        database.executemany(
            "INSERT INTO words (rowid, stems) VALUES (?, ?)",
            _rows(articles, database, numbers),
        )
        database.executemany(
            "INSERT INTO names VALUES (?, ?)",
            ((number, name) for name, number in numbers.items()),
        )
        database.execute("INSERT INTO words (words) VALUES ('optimize')")
        database.commit()
        database.close()

    def open(self) -> None:
        """A connection of its own, and the names of sources and subjects."""
        self._database = sqlite3.connect(self._path)
        self._database.executescript(_CACHE + "PRAGMA temp_store = MEMORY")
        self._database.execute(_HITS)
        self._names = dict(self._database.execute("SELECT number, name FROM names"))
        self._numbers = {name: number for number, name in self._names.items()}

    def ask(self, question: Question) -> Answer:
        """Everything in four statements."""
        ask = self._connection().execute
        statements = _NARROW if question.source or question.first else _WIDE
        values = {
            "match": _MATCH[question.joined](question.words),
            "source": self._numbers[question.source],
            "first": question.first,
            "last": question.last,
            "top": TOP,
        }
        ask("DELETE FROM hits")
        ask(statements.find, values)
        total, sources, months = self._tally(ask(statements.group, values))
        subjects = {
            self._names[number]: count
            for number, count in ask(statements.subjects, values)
        }
        return Answer(
            total=total,
            best=tuple(number for (number,) in ask(statements.best, values)),
            counts={"source": sources, "subject": subjects, "month": months},
        )

    def _tally(self, groups: Iterable[Any]) -> tuple[int, Counts, Counts]:
        """The total, and the counts by source and month, each without its filter."""
        sources, months = Counter[str](), Counter[str]()
        total = 0
        for source, month, of_source, of_days, count in groups:
            if of_days and source:
                sources[self._names[source]] += count
            if of_source and month:
                months[str(month)] += count
            if of_source and of_days:
                total += count
        return total, dict(sources), dict(months)

    def _connection(self) -> sqlite3.Connection:
        if self._database is None:
            raise RuntimeError("The index has not been opened.")
        return self._database


def _rows(
    articles: Iterable[Article], database: sqlite3.Connection, numbers: dict[str, int]
) -> Iterator[tuple[int, str]]:
    """The rows of the full text; facts go into their tables on the way."""
    for article in articles:
        source = numbers.setdefault(article.source, len(numbers))
        database.execute(
            "INSERT INTO facts VALUES (?, ?, ?, ?)",
            (article.number, source, article.month, article.day),
        )
        database.executemany(
            "INSERT INTO subjects VALUES (?, ?)",
            (
                (article.number, numbers.setdefault(name, len(numbers)))
                for name in article.subjects
            ),
        )
        yield article.number, tokens(article)


def _quoted(words: Iterable[str]) -> list[str]:
    return [f'"{stem}"' for word in words for stem in stems(word)]


_MATCH: Final[Mapping[str, Callable[[Any], str]]] = {
    "and": lambda words: " AND ".join(_quoted(words)),
    "or": lambda words: " OR ".join(_quoted(words)),
    "phrase": lambda words: " + ".join(_quoted(words)),
    "prefix": lambda words: f'"{words[0]}" *',
}
