"""``manage.py backup FILE``: writes the archive to a file while the site is in use."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tqdm import tqdm

from archive.faults.termination import interrupted_by_sigterm
from archive.templatetags.display import number
from config.backup.contract import DatabaseRefused
from config.backup.making import make_backup

CANNOT_RUN: Final = 2
INTERRUPTED: Final = 130


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Write the database, the uploads and the settings that are no secrets to one"
        " file with checksums, while the site is in use. Exit status: 0 it is written,"
        " 2 it is not."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("the file to write"))
        parser.add_argument(
            "--force", action="store_true", help=_("replace the file if it exists")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].absolute()
        if target.exists() and not options["force"]:
            raise CommandError(
                _("%(file)s exists. Name another file, or add --force to replace it.")
                % {"file": target},
                returncode=CANNOT_RUN,
            )
        try:
            with (
                interrupted_by_sigterm(),
                tqdm(unit="B", unit_scale=True, disable=None) as bar,
            ):
                made = make_backup(target, bar.update)
        except DatabaseRefused as error:
            raise CommandError(str(error), returncode=CANNOT_RUN) from error
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(detail)s.")
                % {"file": target, "detail": error.strerror or error},
                returncode=CANNOT_RUN,
            ) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Stopped."), returncode=INTERRUPTED) from error
        if options["verbosity"]:
            self.stdout.write(
                _("%(file)s holds %(articles)s articles in %(size)s MB.")
                % {
                    "file": target,
                    "articles": number(made.articles),
                    "size": f"{target.stat().st_size / 1_000_000:.1f}",
                }
            )
