"""``manage.py migrate``: Django's, but not in the place of an archive that is lost."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.utils.translation import gettext as _

from config.operations.lost_archive import is_in_memory, refuse_lost_archive


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--new-archive",
            action="store_true",
            help=_("begin a new archive where the earlier one's database is gone"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["new_archive"] and not is_in_memory():
            refuse_lost_archive()
        super().handle(*args, **options)
