"""The collection that every engine indexes: articles and their terms."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from search.arabic.analyzer import cached_fold
from search.arabic.families import base_of, family
from search.arabic.tokenize import list_words
from search.date_keys import DAYS_OF_MONTH, day_number

# A token between title and body, so that no phrase matches across them.
PARTS: Final = "¶"
# Distinct words whose families are cached while an index is built.
CACHED_WORDS: Final = 1_000_000
# The length of "1998-05-17".
_ISO_DAY: Final = 10


@dataclass(frozen=True, slots=True)
class Article:
    """A record of the file.

    ``number`` counts from 1; ``day`` is yyyymmdd, 0 where unknown; ``subjects`` are the
    distinct topics and actors.
    """

    number: int
    title: str
    body: str
    source: str
    subjects: tuple[str, ...]
    day: int

    @property
    def month(self) -> int:
        """The month as yyyymm; 0 where unknown."""
        return self.day // DAYS_OF_MONTH


def iter_articles(path: Path, size: int | None = None) -> Iterator[Article]:
    """The first *size* articles, or all, of a JSON Lines file, plain or gzipped.

    Raises OSError, and ValueError where a line is not JSON.
    """
    with open_lines(path) as lines:
        for number, line in enumerate(islice(lines, size), 1):
            yield read_article(number, json.loads(line))


def open_lines(path: Path) -> IO[str]:
    """The file at *path* as text, decompressed where its name ends in .gz."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def read_article(number: int, record: Mapping[str, Any]) -> Article:
    """The article of a record.

    >>> read_article(1, {"title": "خبر", "body": "متن", "published": "2015-07-21"}).day
    20150721
    """
    subjects = [*(record.get("topics") or ()), *(record.get("actors") or ())]
    return Article(
        number=number,
        title=record.get("title") or "",
        body=record.get("body") or "",
        source=record.get("source") or "",
        subjects=tuple(dict.fromkeys(map(str, subjects))),
        day=_read_day(record.get("published") or ""),
    )


def _read_day(published: str) -> int:
    try:
        return day_number(date.fromisoformat(published[:_ISO_DAY]))
    except ValueError:
        return 0


def stems(text: str) -> list[str]:
    """The word families of the tokens of *text*, in order.

    >>> stems("والكِتابُ الجديد")
    ['كتاب', 'جديد']
    """
    return [family for family in map(_family, list_words(text)) if family]


@lru_cache(CACHED_WORDS)
def _family(word: str) -> str:
    """The family of a raw word; ``""`` where it has no letter or digit.

    Cached by the raw word, so that the analysis costs the peers no more than it costs
    our engine.
    """
    surface = cached_fold(word)
    return base_of(family(surface).lemmas[0]) if surface else ""


def tokens(article: Article) -> str:
    """The text of the peers: the families of title and body, joined by spaces."""
    return " ".join([*stems(article.title), PARTS, *stems(article.body)])


def text_bytes(article: Article) -> int:
    """The bytes of title and body in UTF-8."""
    return len(article.title.encode()) + len(article.body.encode())
