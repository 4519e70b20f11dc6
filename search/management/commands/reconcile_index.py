"""``manage.py reconcile_index``: compare the index with the database, and repair it.

Exit status: 0 the two agree, 1 they differ, 2 they cannot be compared.
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from tqdm import tqdm

from archive.models import Article
from archive.templatetags.display import number
from search.errors import IndexUnavailable
from search.indexing.reconcile import (
    Reconciliation,
    confirm,
    reconcile,
    repair,
    write_record,
)

THEY_DIFFER: Final = 1
CANNOT_RUN: Final = 2
INTERRUPTED: Final = 130
# Primary keys in a line of text; --json has all of them.
SHOWN: Final = 20


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Compare the index with the database and report the articles that are missing"
        " from it, out of date in it or not to be found any more. Articles may be"
        " saved meanwhile. Exit status: 0 the two agree (or do again), 1 they differ,"
        " 2 they cannot be compared."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help=_("index anew what differs")
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help=_(
                "print the outcome as one JSON object, with all numbers of articles"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._reconcile(wants_repair=options["repair"], as_json=options["json"])
        except IndexUnavailable as error:
            raise CommandError(str(error), returncode=CANNOT_RUN) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Stopped."), returncode=INTERRUPTED) from error

    def _reconcile(self, *, wants_repair: bool, as_json: bool) -> None:
        started = time.monotonic()
        total = Article.objects.published().count()
        with tqdm(total=total, unit=" articles", disable=None) as bar:
            found = reconcile(progress=bar.update)
        differing = found.list_differing()
        repaired = bool(differing) and wants_repair and _repair(differing)
        write_record(found, repaired=repaired)
        if as_json:
            seconds = round(time.monotonic() - started, 1)
            outcome = {**asdict(found), "repaired": repaired, "seconds": seconds}
            self.stdout.write(json.dumps(outcome))
        else:
            self._print(found, repaired=repaired)
        if differing and not repaired:
            raise CommandError(_next_step(wants_repair), returncode=THEY_DIFFER)

    def _print(self, found: Reconciliation, *, repaired: bool) -> None:
        self.stdout.write(
            _(
                "Published articles: %(articles)s. Documents in the index:"
                " %(documents)s. Waiting to be indexed: %(waiting)s."
            )
            % {
                "articles": number(found.articles),
                "documents": number(found.documents),
                "waiting": number(found.waiting),
            }
        )
        if not found.current:
            self.stdout.write(
                _("The index is of an older version. Renew it with rebuild_index.")
            )
        self._print_numbers(_("Missing from the index"), found.missing)
        self._print_numbers(_("Out of date in the index"), found.stale)
        self._print_numbers(_("No longer to be found"), found.surplus)
        if repaired:
            count = len(found.list_differing())
            self.stdout.write(
                ngettext(
                    "Repaired: %(count)s article.",
                    "Repaired: %(count)s articles.",
                    count,
                )
                % {"count": number(count)}
            )
        elif not found.list_differing():
            self.stdout.write(_("The index is as the database is."))

    def _print_numbers(self, label: str, articles: tuple[int, ...]) -> None:
        if not articles:
            return
        comma = pgettext("between items of a list", ", ")
        shown = comma.join(str(pk) for pk in articles[:SHOWN])
        more = " …" if len(articles) > SHOWN else ""
        self.stdout.write(f"{label} ({number(len(articles))}): {shown}{more}")


def _repair(differing: list[int]) -> bool:
    """Index the articles again; whether none of them differs any more."""
    with tqdm(total=len(differing), unit=" articles", disable=None) as bar:
        repair(differing, progress=bar.update)
    return not any(confirm(differing).values())


def _next_step(wanted_repair: bool) -> str:
    if wanted_repair:
        return _("The index still differs. Build it again with rebuild_index.")
    return _("The index differs from the database. Repair it with --repair.")
