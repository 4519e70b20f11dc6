"""``manage.py evaluate_retrieval DIR``: how well searches find what they should."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.evaluation.collection import CollectionError, TextDocument
from search.evaluation.evaluating import Analysis, evaluate
from search.evaluation.reading import iter_distractors, read_collection
from search.evaluation.report import build_json
from search.evaluation.rows import open_text

STANDARD_INPUT: Final = "-"


class Command(BaseCommand):
    help = "Measure retrieval on a test collection."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--distractors", metavar="FILE", default="")
        parser.add_argument(
            "--analysis",
            choices=[one.value for one in Analysis],
            default=Analysis.SIJILL.value,
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            collection = read_collection(options["folder"])
            known = {document.id for document in collection.documents}
            with (
                _distractors(options["distractors"], known) as distractors,
                tqdm(unit=" documents", disable=None) as bar,
            ):
                found = evaluate(
                    collection,
                    distractors=distractors,
                    analysis=Analysis(options["analysis"]),
                    progress=bar.update,
                )
        except CollectionError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(build_json(found)))
            return
        for name, value in build_json(found).items():
            self.stdout.write(f"{name:<20} {value}")


@contextmanager
def _distractors(file: str, known: set[str]) -> Iterator[Iterator[TextDocument]]:
    if not file:
        yield iter(())
    elif file == STANDARD_INPUT:
        yield iter_distractors(sys.stdin, file, known)
    else:
        with open_text(Path(file)) as stream:
            yield iter_distractors(stream, file, known)
