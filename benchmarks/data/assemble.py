"""Assembles a large collection from smaller ones by recombining whole paragraphs.

    .venv/bin/python -m benchmarks.data.assemble --size 100000 --out FILE COLLECTION …

An article takes its source, topics, actors and day from one record, its title from
another and its paragraphs from several of the same collection, as many as the first
record has. Reused paragraphs get new words: see ``new_words``. The same seed, size and
files give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks.data.collection import open_lines
from benchmarks.data.new_words import NewWords

DEFAULT_SIZE: Final = 100_000
DEFAULT_SEED: Final = 20260101
# Records that one article takes its paragraphs from, at most.
DONORS: Final = 4
# Days between an article and the record that it takes its date from, at most.
SHIFT: Final = 15
_BREAK_RE: Final = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Record:
    """The parts of a record; ``published`` is an ISO date, ``""`` where unknown."""

    title: str
    paragraphs: tuple[str, ...]
    source: str
    topics: tuple[str, ...]
    actors: tuple[str, ...]
    published: str


def read_records(lines: Iterable[str]) -> list[Record]:
    """The records with a title and a body."""
    records = (_read(json.loads(line)) for line in lines)
    return [record for record in records if record.title and record.paragraphs]


def _read(values: dict[str, Any]) -> Record:
    paragraphs = _BREAK_RE.split(values.get("body") or "")
    actors = values.get("actors") or values.get("persons") or ()
    return Record(
        title=(values.get("title") or "").strip(),
        paragraphs=tuple(filter(None, map(str.strip, paragraphs))),
        source=values.get("source") or "",
        topics=tuple(values.get("topics") or ()),
        actors=tuple(a if isinstance(a, str) else a["name"] for a in actors),
        published=values.get("published") or "",
    )


def assemble(
    collections: Sequence[Sequence[Record]], *, size: int, seed: int
) -> Iterator[dict[str, Any]]:
    """*size* records, drawn from the collections in proportion to their sizes.

    Raises ValueError where all collections are empty.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    filled = [records for records in collections if records]
    if not filled:
        raise ValueError("No collection has a record with a title and a body.")
    sizes = [len(records) for records in filled]
    words = NewWords(
        (
            text
            for records in filled
            for record in records
            for text in record.paragraphs
        ),
        rng,
    )
    for number in range(1, size + 1):
        [records] = rng.choices(filled, weights=sizes)
        yield _recombine(number, records, words, rng)


def _recombine(
    number: int, records: Sequence[Record], words: NewWords, rng: random.Random
) -> dict[str, Any]:
    model = rng.choice(records)
    donors = [model, *(rng.choice(records) for _ in range(rng.randint(1, DONORS - 1)))]
    paragraphs = list(
        dict.fromkeys(text for donor in donors for text in donor.paragraphs)
    )
    chosen = rng.sample(paragraphs, min(len(paragraphs), len(model.paragraphs)))
    return {
        "id": f"assembled-{number:07}",
        "title": rng.choice(donors).title,
        "body": "\n\n".join(map(words.use, chosen)),
        "source": model.source,
        "published": _shift(model.published, rng),
        "topics": list(model.topics),
        "actors": list(dict.fromkeys(model.actors)),
        "lang": "ar",
    }


def _shift(published: str, rng: random.Random) -> str | None:
    """A date at most ``SHIFT`` days away; ``None`` where *published* is no ISO date."""
    try:
        day = date.fromisoformat(published)
    except ValueError:
        return None
    return (day + timedelta(rng.randint(-SHIFT, SHIFT))).isoformat()


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the collection that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.data.assemble",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("collections", nargs="+", type=Path, metavar="COLLECTION")
    parser.add_argument("--size", type=int, default=DEFAULT_SIZE)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    collections = []
    for path in options.collections:
        with open_lines(path) as lines:
            collections.append(read_records(lines))
    records = assemble(collections, size=options.size, seed=options.seed)
    _write(options.out, records)
    sys.stderr.write(f"{options.size:,} articles in {options.out}\n")


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write JSON Lines, gzipped without a time stamp where the name ends in .gz."""
    if path.suffix != ".gz":
        with path.open("w", encoding="utf-8") as opened:
            opened.writelines(map(_line, records))
        return
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
    ):
        packed.writelines(_line(record).encode() for record in records)


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
