"""``manage.py restore FILE``: restores a file that ``manage.py backup`` wrote."""

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tqdm import tqdm

from archive.faults.termination import interrupted_by_sigterm
from archive.templatetags.display import number
from config.backup.contract import Content, DatabaseRefused
from config.backup.databases import site_database
from config.backup.packing import BackupDamaged
from config.backup.restoring import OpenBackup, RestoreRefused, open_backup
from config.bootstrap.fingerprint import Record
from config.locking import set_up_lock

DECLINED: Final = 1
CANNOT_RUN: Final = 2
INTERRUPTED: Final = 130
# The answers that confirm the replacement, in either language.
YES: Final = ("yes", "نعم")
# What is said of a database that would be replaced.
_SENTENCES: Final[Mapping[Content, str | Promise]] = {
    Content.ARCHIVE: gettext_lazy(
        "The database %(name)s is in use already and holds %(articles)s articles. All"
        " that it holds will be replaced."
    ),
    Content.OTHER: gettext_lazy(
        "The database %(name)s is of another program. All that it holds will be"
        " replaced."
    ),
    Content.UNREADABLE: gettext_lazy(
        "The database %(name)s cannot be read: %(detail)s. It will be replaced."
    ),
}


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Put back a file that the command backup wrote: the database, which is replaced"
        " whole, and the uploads; then migrate it and build the index. The file is"
        " checked first, and nothing is changed where it is damaged. What is replaced,"
        " be it damaged, is kept under another name. Stop the site meanwhile. Exit"
        " status: 0 restored, 1 declined, 2 not restored."
    )
    # The checks look at a database that may have no tables yet.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("the backup"))
        parser.add_argument(
            "--force", action="store_true", help=_("replace existing data unasked")
        )
        parser.add_argument(
            "--no-index", action="store_true", help=_("leave the index as it is")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with interrupted_by_sigterm():
                self._restore(**options)
        except (BackupDamaged, RestoreRefused, DatabaseRefused) as error:
            raise CommandError(str(error), returncode=CANNOT_RUN) from error
        except OSError as error:
            raise CommandError(
                _("%(file)s: %(detail)s.")
                % {
                    "file": error.filename or options["file"],
                    "detail": error.strerror or error,
                },
                returncode=CANNOT_RUN,
            ) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Stopped."), returncode=INTERRUPTED) from error

    def _restore(self, **options: Any) -> None:
        with (
            tqdm(unit="B", unit_scale=True, disable=None) as bar,
            open_backup(options["file"], bar.update) as opened,
        ):
            bar.close()
            opened.check()
            with set_up_lock(self._report_wait):
                self._confirm(is_forced=options["force"])
                self._report_kept(opened.restore())
                self._finish(opened, with_index=not options["no_index"])

    def _report_wait(self) -> None:
        self.stdout.write(_("Another process is setting the site up; waiting for it …"))

    def _report_kept(self, names: list[str]) -> None:
        if not names:
            return
        self.stdout.write(
            _("What was there before is kept; remove it when all is well:")
        )
        for name in names:
            self.stdout.write(f"  {name}")

    def _confirm(self, *, is_forced: bool) -> None:
        """Ask before replacing an existing database; raise CommandError if declined."""
        existing = site_database().find_existing()
        if existing.content is Content.NOTHING or is_forced:
            return
        self.stdout.write(
            _SENTENCES[existing.content]
            % {
                "name": connection.settings_dict["NAME"],
                "articles": number(existing.articles),
                "detail": existing.detail,
            }
        )
        if not sys.stdin.isatty():
            raise CommandError(
                _("Nothing was changed. Add --force to replace it."),
                returncode=DECLINED,
            )
        self.stdout.write(_("Type yes to replace it:"), ending=" ")
        self.stdout.flush()
        if sys.stdin.readline().strip().lower() not in YES:
            raise CommandError(_("Nothing was changed."), returncode=DECLINED)

    def _finish(self, opened: OpenBackup, *, with_index: bool) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        # Even an empty archive is not new: the sample must not be added.
        Record(sample_decided=True).write(Path(settings.DATA_DIR))
        self.stdout.write(
            _("Restored: %(articles)s articles, as they were on %(time)s.")
            % {
                "articles": number(opened.manifest.articles),
                "time": opened.manifest.made_at,
            }
        )
        if others := opened.list_other_settings():
            self.stdout.write(_("Settings that were otherwise where it was made:"))
            for name, value in others.items():
                self.stdout.write(f"  {name}={value}")
        if with_index:
            call_command("rebuild_index", stdout=self.stdout)
        else:
            self.stdout.write(_("Build the index now with rebuild_index."))
