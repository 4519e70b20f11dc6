"""SQLite's FTS5, fed our word families; facets by tables beside it.

The full-text table holds no text, as our index holds none. A question's hits go into
a temporary table once; the counts are one grouping of source and month, and one join
with the subjects. Public: `Fts5`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.collection import Article, stems, tokens
from benchmarks.peer import TOP, Answer, Counts, Question

# 256 MiB each, so that nothing is read twice.
_CACHE: Final = "PRAGMA cache_size = -262144; PRAGMA mmap_size = 268435456;"
# The tokens are folded already, and every letter that is not ASCII is part of one.
_SCHEMA: Final = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE VIRTUAL TABLE words USING fts5(stems, content='', tokenize='ascii');
    CREATE TABLE facts (id INTEGER PRIMARY KEY, source TEXT, month INT, day INT);
    CREATE TABLE subjects (id INT, subject INT, PRIMARY KEY (id, subject))
        WITHOUT ROWID;
    CREATE TABLE names (subject INTEGER PRIMARY KEY, name TEXT UNIQUE);
"""
_HITS: Final = "CREATE TEMP TABLE hits (id INTEGER PRIMARY KEY, score REAL)"
_FIND: Final = (
    "INSERT INTO hits SELECT rowid, bm25(words) FROM words WHERE words MATCH ?"
)
_NARROWED: Final = "(:source = '' OR source = :source) AND (:first = 0 OR {})".format(
    "day BETWEEN :first AND :last"
)
_GROUPED: Final = """
    SELECT source, month, (:source = '' OR source = :source),
           (:first = 0 OR day BETWEEN :first AND :last), count(*)
    FROM hits JOIN facts USING (id) GROUP BY 1, 2, 3, 4
"""
_BEST: Final = "SELECT id FROM hits ORDER BY score, id DESC LIMIT :top"
_BEST_NARROWED: Final = f"""
    SELECT id FROM hits JOIN facts USING (id) WHERE {_NARROWED}
    ORDER BY score, id DESC LIMIT :top
"""  # noqa: S608 - our own words
_SUBJECTS: Final = """
    SELECT name, n FROM (SELECT subject, count(*) AS n FROM hits
    JOIN subjects USING (id) GROUP BY subject) JOIN names USING (subject)
"""
_SUBJECTS_NARROWED: Final = f"""
    SELECT name, n FROM (SELECT subject, count(*) AS n FROM hits
    JOIN facts USING (id) JOIN subjects USING (id) WHERE {_NARROWED}
    GROUP BY subject) JOIN names USING (subject)
"""  # noqa: S608 - our own words


class Fts5:
    """An index in one file of SQLite."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fts5.sqlite3"
        self._database: sqlite3.Connection | None = None

    def build(self, articles: Iterable[Article]) -> None:
        """Write all in one transaction and merge the full text into one segment."""
        database = sqlite3.connect(self._path)
        database.executescript(_CACHE + _SCHEMA)
        numbers: dict[str, int] = {}
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
        """A connection of its own."""
        self._database = sqlite3.connect(self._path)
        self._database.executescript(_CACHE + "PRAGMA temp_store = MEMORY")
        self._database.execute(_HITS)

    def ask(self, question: Question) -> Answer:
        """Everything in four statements."""
        ask = self._connection().execute
        ask("DELETE FROM hits")
        ask(_FIND, (_MATCH[question.joined](question.words),))
        narrowed = bool(question.source or question.first)
        values = {
            "source": question.source,
            "first": question.first,
            "last": question.last,
            "top": TOP,
        }
        sources, months = Counter[str](), Counter[str]()
        total = 0
        for source, month, of_source, of_days, count in ask(_GROUPED, values):
            if of_days and source:
                sources[source] += count
            if of_source and month:
                months[str(month)] += count
            if of_source and of_days:
                total += count
        subjects: Counts = dict(
            ask(_SUBJECTS_NARROWED if narrowed else _SUBJECTS, values)
        )
        best = ask(_BEST_NARROWED if narrowed else _BEST, values)
        return Answer(
            total=total,
            best=tuple(number for (number,) in best),
            counts={
                "source": dict(sources),
                "subject": subjects,
                "month": dict(months),
            },
        )

    def _connection(self) -> sqlite3.Connection:
        if self._database is None:
            raise RuntimeError("Open the index before asking.")
        return self._database


def _rows(
    articles: Iterable[Article], database: sqlite3.Connection, numbers: dict[str, int]
) -> Iterator[tuple[int, str]]:
    """The rows of the full text; facts go into their tables on the way."""
    for article in articles:
        database.execute(
            "INSERT INTO facts VALUES (?, ?, ?, ?)",
            (article.number, article.source, article.month, article.day),
        )
        database.executemany(
            "INSERT INTO subjects VALUES (?, ?)",
            (
                (article.number, numbers.setdefault(name, len(numbers) + 1))
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
