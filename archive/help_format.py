"""The help of management commands: its formatter, and examples at its end."""

import argparse
from typing import Any, ClassVar

from django.core.management.base import (
    BaseCommand,
    CommandParser,
    DjangoHelpFormatter,
)
from django.utils.functional import Promise


class HelpFormatter(DjangoHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Django's formatter, which keeps the line breaks of description and epilog."""


class ExampleCommand(BaseCommand):
    """A command whose help ends with its ``examples``, line by line."""

    examples: ClassVar[Promise | str]

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        """The parser of the command's arguments."""
        kwargs.setdefault("formatter_class", HelpFormatter)
        kwargs.setdefault("epilog", str(self.examples))
        return super().create_parser(prog_name, subcommand, **kwargs)
