"""All tables of the site from one database into another, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import Error, connections, transaction
from django.utils.translation import gettext as _

from archive.models import Actor, Article, Source, Topic
from config.transfer.numbering import move_numbering
from config.transfer.rows import Digest, Model, read_rows, write_rows
from config.transfer.target import is_same_database


class NotCopied(Exception):
    """Nothing was copied; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that was copied: its rows, and the digest that both have."""

    table: str
    rows: int
    digest: str


def list_tables() -> list[Model]:
    """The models of all tables that the site's own migrations make."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and not model._meta.proxy]


def copy_archive(
    source: str, target: str, tell: Callable[[Copied], None]
) -> list[Copied]:
    """Copy all rows of *source* into *target*, whose own rows are replaced.

    *tell* is told of each table. Raises NotCopied, and then *target* has none of them:
    for a database that is not empty, for rows that it refuses, and where what is read
    from it afterwards differs from what was written.
    """
    _prepare_target(source, target)
    tables = list_tables()
    with _one_moment(source), transaction.atomic(using=target):
        try:
            for model in reversed(tables):
                _empty(model, target)
            copied = []
            for model in tables:
                copied.append(_copy(model, source, target))
                tell(copied[-1])
            move_numbering(tables, source, target)
        except Error as error:
            raise NotCopied(
                _("The other database refuses a row: %(error)s") % {"error": error}
            ) from error
    return copied


def _prepare_target(source: str, target: str) -> None:
    """Make the tables; raises NotCopied where somebody's rows are there already."""
    if is_same_database(source, target):
        raise NotCopied(
            _("That is the database of this archive itself. Name another one.")
        )
    tables = connections[target].introspection.table_names()
    if tables and Article._meta.db_table not in tables:
        raise NotCopied(
            _("The other database has tables of another program. Name an empty one.")
        )
    call_command("migrate", database=target, new_archive=True, verbosity=0)
    for model in (Article, Actor, Source, Topic, get_user_model()):
        if model._default_manager.using(target).exists():
            raise NotCopied(
                _(
                    "The other database has %(things)s already, and nothing is written"
                    " over them. Name an empty one."
                )
                % {"things": model._meta.verbose_name_plural}
            )


@contextmanager
def _one_moment(source: str) -> Iterator[None]:
    """Read *source* as it is now; SQLite takes no writes meanwhile."""
    with transaction.atomic(using=source):
        connection = connections[source]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _empty(model: Model, target: str) -> None:
    """Delete the rows that migrations have made."""
    connection = connections[target]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - the name of a model


def _copy(model: Model, source: str, target: str) -> Copied:
    given, found = Digest(), Digest()
    write_rows(model, given.added(read_rows(model, source)), target)
    for _row in found.added(read_rows(model, target)):
        continue
    table = model._meta.db_table
    if (given.rows, str(given)) != (found.rows, str(found)):
        raise NotCopied(
            _("The table %(table)s differs after it was copied; nothing is kept.")
            % {"table": table}
        )
    return Copied(table, given.rows, str(given))
