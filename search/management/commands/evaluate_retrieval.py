"""``manage.py evaluate_retrieval DIR``: how well searches find what they should."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tqdm import tqdm

from archive.help_format import HelpFormatter
from benchmarks.retrieval.collection import CollectionError, TextDocument
from benchmarks.retrieval.evaluation import Analysis, Evaluation, evaluate
from benchmarks.retrieval.reader import iter_distractors, read_collection
from benchmarks.retrieval.report import build_json, iter_text
from benchmarks.retrieval.rows import open_packed
from search.errors import IndexUnavailable

STANDARD_INPUT: Final = "-"

EPILOG: Final = gettext_lazy(
    "DIR holds three files, each of which may be packed (.gz):\n"
    '  docs.jsonl     {"id": "d1", "title": "…", "text": "…"}      what there is to'
    " find\n"
    '  queries.jsonl  {"id": "q1", "text": "…"}                    what is asked\n'
    "  qrels.tsv      q1 <tab> 0 <tab> d1 <tab> 1                  what answers it\n"
    "\n"
    "Each query is asked as any of its words; the figures look at the first ten"
    " hits.\n"
    "  MRR@10         the mean of 1 / rank of the first relevant hit\n"
    "  success@1      the share of queries whose first hit is relevant\n"
    "  success@10     the share of queries with a relevant hit among the first ten\n"
    "\n"
    "Examples:\n"
    "  manage.py evaluate_retrieval collections/news\n"
    "  manage.py evaluate_retrieval collections/news --analysis lucene\n"
    "  manage.py evaluate_retrieval collections/news --json | jq .mrr_at_10\n"
    "  zcat articles.jsonl.gz | head -n 20000 |\n"
    "    manage.py evaluate_retrieval collections/news --distractors -\n"
    "Exit status: 0 measured, 1 the collection cannot be read, 2 the command line"
    " cannot be read."
)


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Measure how well searches find what they should: index a test collection"
        " with the site's own engine, ask its queries, compare the hits with the"
        " documents judged relevant. The site's index and database are not touched."
    )

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        kwargs.setdefault("formatter_class", HelpFormatter)
        kwargs.setdefault("epilog", str(EPILOG))
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("folder", metavar="DIR", type=Path, help=_("the test collection"))
        add(
            "--distractors",
            metavar="FILE",
            default="",
            help=_(
                "articles that answer no query, one JSON object a line, packed or not;"
                " their body (or text) is indexed without the title. - reads them from"
                " the standard input"
            ),
        )
        add(
            "--analysis",
            choices=[one.value for one in Analysis],
            default=Analysis.SIJILL.value,
            help=_(
                "lucene: imitate Lucene's Arabic analyzer and BM25, to compare with"
                " (default: %(default)s)"
            ),
        )
        add("--json", action="store_true", help=_("print one JSON object"))

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            found = measure(
                folder, options["distractors"], Analysis(options["analysis"])
            )
        except (CollectionError, IndexUnavailable) as error:
            raise CommandError(str(error)) from error
        name = folder.resolve().name
        if options["json"]:
            found_json = build_json(found, name)
            self.stdout.write(json.dumps(found_json, ensure_ascii=False))
            return
        for line in iter_text(found, name):
            self.stdout.write(line)


def measure(folder: Path, distractors: str, analysis: Analysis) -> Evaluation:
    """The figures of the collection in *folder*, progress on standard error.

    *distractors* is the path of a file, ``-`` or ``""``. Raises CollectionError.
    """
    collection = read_collection(folder)
    known = {document.id for document in collection.documents}
    with (
        open_distractors(distractors, known) as more,
        tqdm(unit=" documents", disable=None) as bar,
    ):
        return evaluate(
            collection, distractors=more, analysis=analysis, progress=bar.update
        )


@contextmanager
def open_distractors(file: str, known: set[str]) -> Iterator[Iterator[TextDocument]]:
    """The distractors of *file*, read as they are asked for."""
    if not file:
        yield iter(())
    elif file == STANDARD_INPUT:
        yield iter_distractors(sys.stdin.buffer, _("standard input"), known)
    else:
        with open_packed(Path(file)) as stream:
            yield iter_distractors(stream, file, known)
