"""Files imported at the command line, with progress, a summary and an exit status."""

from archive.importing.command.base import ImportCommand
from archive.importing.command.file import CANNOT_RUN, SOME_REFUSED, import_file

__all__ = ["CANNOT_RUN", "SOME_REFUSED", "ImportCommand", "import_file"]
