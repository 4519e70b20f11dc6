"""Retrieval quality on a test collection.

    python3 start.py bench retrieval DIR [--distractors FILE] [--analysis lucene]

Indexes the documents of DIR with the site's own engine, runs its queries, and compares
the hits with the documents judged relevant. The site's index and database are not
touched.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tqdm import tqdm

from benchmarks.retrieval.collection import CollectionError, TextDocument
from benchmarks.retrieval.evaluation import Analysis, Evaluation, evaluate
from benchmarks.retrieval.reader import iter_distractors, read_collection
from benchmarks.retrieval.report import build_json, iter_text
from benchmarks.retrieval.rows import open_packed
from search.errors import IndexUnavailable

STANDARD_INPUT: Final = "-"

EPILOG: Final = """\
DIR holds three files, each of which may be gzipped (.gz):
  docs.jsonl     {"id": "d1", "title": "…", "text": "…"}      the documents
  queries.jsonl  {"id": "q1", "text": "…"}                    the queries
  qrels.tsv      q1 <tab> 0 <tab> d1 <tab> 1                  the relevant documents

Each query is run as any of its words; the figures look at the first ten hits.
  MRR@10         the mean of 1 / rank of the first relevant hit
  success@1      the share of queries whose first hit is relevant
  success@10     the share of queries with a relevant hit among the first ten

Examples:
  start.py bench retrieval collections/news
  start.py bench retrieval collections/news --analysis lucene
  start.py bench retrieval collections/news --json | jq .mrr_at_10
  zcat articles.jsonl.gz | head -n 20000 |
    start.py bench retrieval collections/news --distractors -
Exit status: 0 measured, 1 the collection cannot be read, 2 the command line cannot be
read.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures that the command line asks for.

    Raises SystemExit with a sentence where the collection cannot be read.
    """
    options = _build_parser().parse_args(arguments)
    try:
        evaluation = measure(
            options.folder, options.distractors, Analysis(options.analysis)
        )
    except (CollectionError, IndexUnavailable) as error:
        raise SystemExit(str(error)) from error
    name = options.folder.resolve().name
    if options.json:
        figures = build_json(evaluation, name)
        sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
        return
    sys.stdout.writelines(f"{line}\n" for line in iter_text(evaluation, name))


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="start.py bench retrieval",
        description="Measure how well searches find what they should: index a test"
        " collection with the site's own engine, run its queries, compare the hits with"
        " the documents judged relevant. The site's index and database are not"
        " touched.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="the test collection")
    parser.add_argument(
        "--distractors",
        metavar="FILE",
        default="",
        help="articles that answer no query, one JSON object a line, gzipped or not;"
        " their body (or text) is indexed without the title. - reads them from the"
        " standard input",
    )
    parser.add_argument(
        "--analysis",
        choices=[analysis.value for analysis in Analysis],
        default=Analysis.SIJILL.value,
        help="lucene: imitate Lucene's Arabic analyzer and BM25, to compare with"
        " (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def measure(folder: Path, distractors: str, analysis: Analysis) -> Evaluation:
    """The figures of the collection in *folder*, progress on standard error.

    *distractors* is the path of a file, ``-`` or ``""``. Raises CollectionError.
    """
    collection = read_collection(folder)
    known = {document.id for document in collection.documents}
    with (
        open_distractors(distractors, known) as documents,
        tqdm(unit=" documents", disable=None) as bar,
    ):
        return evaluate(
            collection, distractors=documents, analysis=analysis, progress=bar.update
        )


@contextmanager
def open_distractors(file: str, known: set[str]) -> Iterator[Iterator[TextDocument]]:
    """The distractors of *file*, read as they are indexed; none where it is ``""``."""
    if not file:
        yield iter(())
    elif file == STANDARD_INPUT:
        yield iter_distractors(sys.stdin.buffer, "standard input", known)
    else:
        with open_packed(Path(file)) as stream:
            yield iter_distractors(stream, file, known)
