"""``manage.py find_duplicates``: compares the texts that have not been compared yet."""

import json
from argparse import ArgumentParser
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from archive.duplicates import RecentRuns, list_waiting, note_texts
from archive.help_format import ExampleCommand
from archive.models import Article, SketchBucket, TextSketch, iter_id_batches

_BATCH: Final = 500
_EPILOG: Final = """\
examples:
  manage.py find_duplicates                     compare what has not been compared yet
  manage.py find_duplicates --json              … and print the pairs that wait
  manage.py find_duplicates --again             compare all texts anew
"""
_PAIRS: Final = ("article", "other", "likeness", "contained")


class Command(ExampleCommand):
    examples = _EPILOG
    help = (
        "Find articles with the same or nearly the same text, and texts that stand"
        " within longer ones. They are compared as they are saved and imported; this"
        " compares those that were there before, and goes on where it was stopped."
        " Nothing is changed: the pairs wait in the admin."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="compare all texts anew"
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help=(
                "print the pairs that wait: numbers of both articles, likeness, and the"
                " share of the shorter text that is in the longer one"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            with transaction.atomic():
                SketchBucket.objects.all().delete()
                TextSketch.objects.all().delete()
        waiting = Article.objects.filter(sketch=None).order_by("pk")
        ids = list(waiting.values_list("pk", flat=True))
        recent = RecentRuns()
        for batch in iter_id_batches(ids, most=_BATCH):
            with transaction.atomic():
                rows = Article.objects.filter(pk__in=batch).order_by("pk")
                note_texts(dict(rows.values_list("pk", "body")), recent=recent)
        pairs = list_waiting().order_by("-contained", "article", "other")
        if options["json"]:
            found = list(pairs.values(*_PAIRS))
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        self.stdout.write(
            _("Texts compared: %(texts)s. Pairs that wait for an answer: %(pairs)s.")
            % {"texts": len(ids), "pairs": pairs.count()}
        )
