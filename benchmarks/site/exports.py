"""Files of all articles of an installed archive: first byte, whole time, memory.

    SIJILL_DATA_DIR=FOLDER .venv/bin/python -m benchmarks.site.exports [--json OUT]

Each format is written by a process of its own, as a web worker or a job writes it, and
thrown away. The first byte is that of the first chunk that is sent, with the search
before it. Memory is what the process has grown by, without mapped files, after it had
written a file of a few articles. Formats that are only sent at once up to a number of
articles get a second line, of so many.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measuring import own_memory
from benchmarks.site.serving import BASE_DIR

if TYPE_CHECKING:
    from search.export.formats import ExportFormat
    from search.taking import Taken

LANGUAGE: Final = "ar"
SITE: Final = "https://archive.example.org"
# Articles of the file that is written before anything is measured.
WARM: Final = 20
# Chunks from one look at the memory to the next.
LOOK: Final = 8
MIB: Final = 2**20


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: seconds, and MiB of the file and of growth."""

    format: str
    articles: int
    first_byte: float
    seconds: float
    processor: float
    size: float
    growth: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the formats; with the hidden ``--one``, one of them in this process."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site.exports",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--articles", type=int, help="at most so many (default: all of the archive)"
    )
    parser.add_argument("--formats", nargs="+", metavar="NAME", help="only these")
    parser.add_argument("--json", type=Path, metavar="OUT")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    if options.one is not None:
        written = _measure(options.one, options.articles)
        sys.stdout.write(json.dumps(asdict(written)) + "\n")
        return
    rows = []
    for written in _measure_all(options.formats, options.articles):
        rows.append(asdict(written))
        sys.stdout.write(_render(written) + "\n")
        sys.stdout.flush()
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


def _render(written: Written) -> str:
    return (
        f"{written.format:14} {written.articles:7} articles: first byte"
        f" {written.first_byte:.2f} s, whole {written.seconds:.1f} s"
        f" ({written.processor:.1f} s of processor), {written.size:.1f} MiB,"
        f" memory +{written.growth:.0f} MiB"
    )


def _measure_all(names: Sequence[str] | None, most: int | None) -> Iterator[Written]:
    """Each format in a process of its own."""
    from search.export.formats import FORMATS

    for number, kind in enumerate(FORMATS):
        if names and kind.name not in names:
            continue
        limits = [most]
        if kind.most_at_once < sys.maxsize:
            limits.append(min(kind.most_at_once, most or kind.most_at_once))
        for limit in limits:
            yield _measure_apart(number, limit)


def _measure_apart(number: int, limit: int | None) -> Written:
    asked = [f"--one={number}", *([f"--articles={limit}"] if limit else [])]
    command = [sys.executable, "-m", "benchmarks.site.exports", *asked]
    done = subprocess.run(  # noqa: S603 - this module
        command, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True, check=True
    )
    return Written(**json.loads(done.stdout.splitlines()[-1]))


def _measure(number: int, limit: int | None) -> Written:
    """Write the format of this number, after a file of a few articles."""
    from django.utils.translation import override

    from search.export.formats import FORMATS

    kind = FORMATS[number]
    with override(LANGUAGE):
        for _chunk in _write(kind, _take(WARM)):
            pass
        before = peak = own_memory()
        size, first = 0, 0.0
        started, processor = time.perf_counter(), time.process_time()
        taken = _take(limit)
        for count, chunk in enumerate(_write(kind, taken)):
            first = first or time.perf_counter() - started
            size += len(chunk)
            if count % LOOK == 0:
                peak = max(peak, own_memory())
        return Written(
            format=f"{kind.name}{' (raw)' if kind.is_raw else ''}",
            articles=taken.total,
            first_byte=first,
            seconds=time.perf_counter() - started,
            processor=time.process_time() - processor,
            size=size / MIB,
            growth=(max(peak, own_memory()) - before) / MIB,
        )


def _take(limit: int | None) -> Taken:
    """The first *limit* articles of a search for all."""
    from django.utils.datastructures import MultiValueDict

    from search.taking import read_taken

    taken = read_taken(MultiValueDict())
    if limit is None or limit >= taken.total:
        return taken
    ids = taken.iter_ids
    return replace(taken, total=limit, iter_ids=lambda: islice(ids(), limit))


def _write(kind: ExportFormat, taken: Taken) -> Iterator[bytes]:
    from search.export.entries import iter_entries
    from search.export.streaming import stream
    from search.taking import describe

    return stream(kind.write(iter_entries(taken.articles()), describe(taken, (), SITE)))


if __name__ == "__main__":
    main()
