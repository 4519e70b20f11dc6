"""``manage.py setup_site``: brings the site up to date; idempotent, run by start.py."""

import sys
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import translation

from archive.faults.database import is_damage, is_outage
from archive.models import Article
from config import env_vars
from config.bootstrap import fingerprint, private_files, translations
from config.bootstrap.administrator import Account, ensure_administrator
from config.locking import set_up_lock
from config.operations.lost_archive import has_archive, refuse_lost_archive
from search.arabic.lexicon.compiling import build


class Command(BaseCommand):
    """Each step does only what is missing."""

    help = "Migrate, compile messages, load the sample into a new archive, index, …"
    # The checks load the translations, which this command is about to compile.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-sample", action="store_true", help="leave a new archive empty"
        )
        parser.add_argument(
            "--new-archive",
            action="store_true",
            help="begin a new archive where the earlier one's database is gone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with translation.override("en"), set_up_lock(self._report_wait):
                self._set_up(
                    with_sample=not options["no_sample"],
                    with_new_archive=options["new_archive"],
                )
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped; what was finished is kept. Run it again to go on.",
                returncode=130,
            ) from None
        except DatabaseError as error:
            if is_damage(error) or not is_outage(error):
                raise
            raise CommandError(
                f"The database does not answer: {error}. Check DATABASE_URL and that "
                "the server runs, then run the command again."
            ) from error
        except OSError as error:
            raise CommandError(
                f"{error.filename}: {error.strerror}. Mend that and run the command "
                "again."
            ) from error

    def _report_wait(self) -> None:
        self._say(
            "Another process is setting the site up; waiting for it …\n"
            "عملية أخرى تُعِدّ الموقع الآن، ونحن في انتظارها…"
        )

    def _set_up(self, *, with_sample: bool, with_new_archive: bool) -> None:
        data_dir = Path(settings.DATA_DIR)
        new = not has_archive()
        if new and not with_new_archive:
            refuse_lost_archive()
        private_files.restrict_existing(data_dir)
        # Before the first step, so that a file that changes meanwhile is not missed.
        sources = fingerprint.current(env_vars.text("DATABASE_URL"))
        (data_dir / "locale").mkdir(parents=True, exist_ok=True)
        self._say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False, new_archive=new)
        if translations.compile_catalogues(
            settings.BASE_DIR / "locale", data_dir / "locale"
        ):
            self._say("Compiled the translations.")
        if not build.is_current(settings.LEXICON_DIR):
            self._say("Compiling the lexicon …")
        call_command("build_lexicon", if_needed=True, stdout=StringIO())
        call_command("collectstatic", verbosity=0, interactive=False)
        record = fingerprint.Record.read(data_dir)
        if new or not record.sample_decided:
            if with_sample:
                self._load_sample()
            # At once, so that the sample is not added again after a later failure.
            fingerprint.Record(sample_decided=True).write(data_dir)
        # An index of before may have no identity by which it would be recognized.
        call_command("rebuild_index", if_needed=not new)
        if account := ensure_administrator(ask=_is_terminal()):
            self._show(account)
        fingerprint.Record(sources, sample_decided=True).write(data_dir)

    def _load_sample(self) -> None:
        if Article.objects.exists():
            return
        self._say("Loading the sample archive …")
        call_command("load_sample", verbosity=0)

    def _show(self, account: Account) -> None:
        self._say(
            f"\nAdministrator made  ·  أُنشئ حساب المدير\n  name      {account.name}"
        )
        if account.generated_password:
            self._say(
                f"  password  {account.generated_password}\n"
                "Write it down: it is shown only now.  ·  دوّنوها، فلن تظهر ثانيةً."
            )

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
