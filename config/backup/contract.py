"""What either kind of database is asked for, and answers."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from config.backup.manifest import Manifest


class DatabaseRefused(Exception):
    """The database cannot be copied or replaced; the message says why."""


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What a database holds at one moment, as the manifest of its backup has it.

    ``migrations`` and ``tables`` are sorted.
    """

    articles: int
    content: str
    migrations: tuple[str, ...]
    tables: tuple[str, ...]


class Content(Enum):
    """What is in the place that a restore writes to."""

    NOTHING = "nothing"
    ARCHIVE = "archive"
    OTHER = "other"  # of another program
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Existing:
    """What is there: an archive of so many articles, or why it cannot be read."""

    content: Content
    articles: int = 0
    detail: str = ""


def lacks_table(table: str) -> DatabaseRefused:
    """The error where a dump has not the tables that it should have."""
    return DatabaseRefused(
        _("The backup lacks the table %(table)s. Nothing was changed.")
        % {"table": table}
    )


def differs() -> DatabaseRefused:
    """The error where a dump holds other articles or migrations than its manifest."""
    return DatabaseRefused(
        _(
            "The database in the backup is not as the backup describes it. Nothing was"
            " changed; take another backup."
        )
    )


class DatabaseKind(Protocol):
    """The module of a kind of database."""

    def dump(self, file: Path) -> DatabaseFacts:
        """Write the site's database to *file*, without sessions.

        Of one moment, while others write. Raises DatabaseRefused.
        """
        ...

    def check(self, file: Path, manifest: Manifest) -> None:
        """Read the whole dump *file* and compare it with *manifest*.

        Raises DatabaseRefused. Touches nothing but the dump's folder.
        """
        ...

    def find_existing(self) -> Existing:
        """What a restore would replace; raises DatabaseRefused and DatabaseError."""
        ...

    def replace(self, file: Path, manifest: Manifest, date: str) -> str:
        """Put the checked dump *file* in the place of the site's database.

        Returns the name, which has *date* in it, under which what was there is kept;
        empty where nothing was. Raises DatabaseRefused and OSError, and has changed
        nothing then.
        """
        ...
