"""SQLite's FTS5 on our word families; facets by tables beside it.

The full-text table is contentless, as our index stores no text. The hits of a question
are inserted into a temporary table once; counts are one GROUP BY of source and month,
and one join with the subjects. With filters, only the hits that pass are scored.
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

# A negative cache_size is in KiB, mmap_size in bytes: the file stays in memory.
_CACHE: Final = "PRAGMA cache_size = -262144; PRAGMA mmap_size = 2147418112;"
# The terms are folded already; the ascii tokenizer keeps all other letters.
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
# The number of the empty name, the source of articles without one.
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
# ORDER BY bm25() scores the rows that pass; ORDER BY rank scores all matches.
_BEST_NARROWED: Final = f"""
    SELECT words.rowid FROM words CROSS JOIN facts ON facts.id = words.rowid
    WHERE words MATCH :match AND {_PASSING}
    ORDER BY bm25(words), facts.id DESC LIMIT :top
"""  # noqa: S608 - constants
_SUBJECTS_NARROWED: Final = f"""
    SELECT subject, count(*) FROM hits CROSS JOIN facts USING (id)
    CROSS JOIN subjects USING (id) WHERE {_PASSING} GROUP BY subject
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class _Statements:
    """The SQL of a question: filling the table of hits, and reading it."""

    find: str
    group: str
    subjects: str
    best: str


_UNFILTERED: Final = _Statements(_FIND, _GROUP, _SUBJECTS, _BEST)
_FILTERED: Final = _Statements(
    _FIND_UNSCORED, _GROUP_NARROWED, _SUBJECTS_NARROWED, _BEST_NARROWED
)


class Fts5:
    """An index in one SQLite file."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fts5.sqlite3"
        self._database: sqlite3.Connection | None = None
        self._names: dict[int, str] = {}
        self._numbers: dict[str, int] = {}

    def build(self, articles: Iterable[Article]) -> None:
        """Write in one transaction, then merge the full-text index into one segment."""
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
        """Connect, and read the names of sources and subjects."""
        self._database = sqlite3.connect(self._path)
        self._database.executescript(_CACHE + "PRAGMA temp_store = MEMORY")
        self._database.execute(_HITS)
        self._names = dict(self._database.execute("SELECT number, name FROM names"))
        self._numbers = {name: number for number, name in self._names.items()}

    def ask(self, question: Question) -> Answer:
        """The answer, by four statements."""
        execute = self._connection().execute
        statements = _FILTERED if question.source or question.first else _UNFILTERED
        values = {
            "match": _MATCH[question.joined](question.words),
            "source": self._numbers[question.source],
            "first": question.first,
            "last": question.last,
            "top": TOP,
        }
        execute("DELETE FROM hits")
        execute(statements.find, values)
        total, sources, months = self._sum(execute(statements.group, values))
        subjects = {
            self._names[number]: count
            for number, count in execute(statements.subjects, values)
        }
        return Answer(
            total=total,
            best=tuple(number for (number,) in execute(statements.best, values)),
            counts={"source": sources, "subject": subjects, "month": months},
        )

    def _sum(self, groups: Iterable[Any]) -> tuple[int, Counts, Counts]:
        """The total, and counts by source and month, each ignoring its own filter."""
        sources, months = Counter[str](), Counter[str]()
        total = 0
        for source, month, passes_source, passes_days, count in groups:
            if passes_days and source:
                sources[self._names[source]] += count
            if passes_source and month:
                months[str(month)] += count
            if passes_source and passes_days:
                total += count
        return total, dict(sources), dict(months)

    def _connection(self) -> sqlite3.Connection:
        if self._database is None:
            raise RuntimeError("The index has not been opened.")
        return self._database


def _rows(
    articles: Iterable[Article], database: sqlite3.Connection, numbers: dict[str, int]
) -> Iterator[tuple[int, str]]:
    """The rows of the full-text table; inserts the other columns on the way."""
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
    """The families of *words* as strings of FTS5's query syntax."""
    return [f'"{stem}"' for word in words for stem in stems(word)]


_MATCH: Final[Mapping[str, Callable[[Any], str]]] = {
    "and": lambda words: " AND ".join(_quoted(words)),
    "or": lambda words: " OR ".join(_quoted(words)),
    "phrase": lambda words: " + ".join(_quoted(words)),
    "prefix": lambda words: f'"{words[0]}" *',
}
