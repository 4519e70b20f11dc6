"""``manage.py move_archive URL``: the archive into another database, row by row."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any, Final

from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, Error
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.help_format import ExampleCommand
from archive.templatetags.display import number
from config.transfer import Copied, NotCopied, copy_archive, other_database

CANNOT_RUN: Final = 2
EXAMPLES: Final = gettext_lazy(
    "Examples:\n"
    "  manage.py move_archive postgres:///sijill?host=/var/run/postgresql\n"
    "  manage.py move_archive sqlite:////srv/sijill/sijill.sqlite3 --json"
)


class Command(ExampleCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Copy the archive, with all numbers, accounts and versions, into another"
        " database, SQLite or PostgreSQL, and compare what arrived. Stop the site"
        " meanwhile. The other database must be empty; its tables are made. Afterwards"
        " set DATABASE_URL to it, and check the index with reconcile_index. Exit"
        " status: 0 it is copied, 2 nothing is."
    )
    examples = EXAMPLES

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help=_("the other database, as in DATABASE_URL"))
        parser.add_argument(
            "--json", action="store_true", help=_("print the tables as JSON")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        def tell(copied: Copied) -> None:
            if options["verbosity"] and copied.rows and not options["json"]:
                self.stdout.write(
                    f"{copied.rows:>10}  {copied.digest[:16]}  {copied.table}"
                )

        copied, fault = _copy(options["url"], tell)
        if fault:
            # Raised here: what is wrong is not wrong with the archive's own database,
            # of which `explain_exit` would speak.
            raise CommandError(
                _("The other database cannot be used: %(error)s") % {"error": fault},
                returncode=CANNOT_RUN,
            )
        if options["json"]:
            tables = {each.table: [each.rows, each.digest] for each in copied}
            self.stdout.write(json.dumps(tables, indent=1))
        elif options["verbosity"]:
            rows = sum(each.rows for each in copied)
            self.stdout.write(
                _("%(rows)s rows of %(tables)s tables arrived as they were.")
                % {"rows": number(rows), "tables": number(len(copied))}
            )


def _copy(url: str, tell: Callable[[Copied], None]) -> tuple[list[Copied], str]:
    """The tables that were copied, or what is wrong with the other database."""
    try:
        with other_database(url) as target:
            return copy_archive(DEFAULT_DB_ALIAS, target, tell), ""
    except ValueError as error:
        raise CommandError(
            _("This is no address of a database: %(error)s") % {"error": error},
            returncode=CANNOT_RUN,
        ) from error
    except Error as error:
        return [], str(error).strip()
    except NotCopied as error:
        raise CommandError(str(error), returncode=CANNOT_RUN) from error
