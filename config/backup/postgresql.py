"""PostgreSQL into a file and back, by its own programs: see ``contract.DatabaseKind``.

A restore is one transaction: the site's tables move to a schema of their own, where
they are kept, and the backup's take their place. Moving reads no row, so that damaged
tables are moved as well.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final, cast

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from archive.models import Article
from config.backup.contract import (
    Content,
    DatabaseFacts,
    DatabaseRefused,
    Existing,
    differs,
    lacks_table,
)
from config.backup.manifest import Manifest, digest_articles

_ROWS_PER_FETCH: Final = 2000
# The schemas of what was replaced; backups leave them out.
_REPLACED: Final = "replaced_"
_SCRIPT: Final = ".sql"
# Seconds that the move waits for those who read or write the tables.
_LOCK_SECONDS: Final = 20
_DIFFERS: Final = "the restored database differs from its manifest"
# A line of pg_restore --list, such as "215; 1259 16406 TABLE public archive_topic ali".
_TABLE_RE: Final = re.compile(r"^\d+; \d+ \d+ TABLE \S+ (\S+) ", re.MULTILINE)


def dump(file: Path) -> DatabaseFacts:
    """Write the site's database to *file*; see ``DatabaseKind.dump``."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cast(tuple[str], cursor.fetchone())
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--exclude-schema={_REPLACED}*",
            f"--exclude-table-data={Session._meta.db_table}",
            f"--file={file}",
        )
        return _read_facts()


def _read_facts() -> DatabaseFacts:
    rows = Article.objects.order_by("pk").values_list("pk", "content_hash")
    applied = MigrationRecorder(connection).applied_migrations()
    return DatabaseFacts(
        *digest_articles(rows.iterator(chunk_size=_ROWS_PER_FETCH)),
        migrations=tuple(sorted(f"{app}.{name}" for app, name in applied)),
        tables=tuple(sorted(_list_tables())),
    )


def check(file: Path, manifest: Manifest) -> None:
    """Read the whole dump into a script; see ``DatabaseKind.check``.

    What the rows say is compared at the end of the transaction of ``replace``.
    """
    listed = set(_TABLE_RE.findall(_run_alone("pg_restore", "--list", str(file))))
    if missing := set(manifest.tables) - listed:
        raise lacks_table(min(missing))
    script = file.with_suffix(_SCRIPT)
    options = ("--no-owner", "--no-privileges", f"--file={script}")
    _run_alone("pg_restore", *options, str(file))
    if others := [name for name in _list_tables() if not _is_ours(name)]:
        raise DatabaseRefused(
            _(
                "The database has tables of another program (%(table)s). Name an empty"
                " database in DATABASE_URL."
            )
            % {"table": min(others)}
        )


def find_existing() -> Existing:
    """What the site's tables hold; see ``DatabaseKind.find_existing``."""
    if Article._meta.db_table not in _list_tables():
        return Existing(Content.NOTHING)
    try:
        return Existing(Content.ARCHIVE, articles=Article.objects.count())
    except OperationalError:
        raise
    except DatabaseError as error:
        return Existing(Content.UNREADABLE, detail=str(error).strip())


def replace(file: Path, manifest: Manifest, date: str) -> str:
    """Load the dump in one transaction; see ``DatabaseKind.replace``."""
    ours = [name for name in _list_tables() if _is_ours(name)]
    schema = _name_schema(date) if ours else ""
    script = file.with_suffix(_SCRIPT)
    before, after = script.with_suffix(".before"), script.with_suffix(".after")
    before.write_text(_move_statements(ours, schema), "utf-8")
    after.write_text(_comparison(manifest), "utf-8")
    connection.close()
    options = ("--no-psqlrc", "--quiet", "--single-transaction")
    files = (f"--file={path}" for path in (before, script, after))
    try:
        _run("psql", *options, "--set=ON_ERROR_STOP=1", *files)
    except DatabaseRefused as error:
        if _DIFFERS in str(error):
            raise differs() from error
        raise
    return schema


def _list_tables() -> list[str]:
    return connection.introspection.table_names()


def _is_ours(table: str) -> bool:
    """Whether the table is of an application of the site, be it of a later version."""
    labels = {app.label for app in apps.get_app_configs()}
    return table.partition("_")[0] in {"django", *labels}


def _name_schema(date: str) -> str:
    """A schema that does not exist: of *date*, in letters that need no quotes."""
    first = _REPLACED + re.sub(r"\W", "_", date).lower()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace")
        taken = {name for (name,) in cursor.fetchall()}
    name, number = first, 1
    while name in taken:
        number += 1
        name = f"{first}_{number}"
    return name


def _move_statements(tables: list[str], schema: str) -> str:
    if not tables:
        return ""
    moves = (
        f"ALTER TABLE {connection.ops.quote_name(table)} SET SCHEMA {schema};\n"
        for table in tables
    )
    lock = f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s';\n"
    return f"{lock}CREATE SCHEMA {schema};\n{''.join(moves)}"


def _comparison(manifest: Manifest) -> str:
    """SQL that fails where migrations or articles are not those of *manifest*."""
    applied = MigrationRecorder.Migration._meta.db_table
    names = ", ".join(f"'{_escape(name)}'" for name in manifest.migrations)
    # The same lines as ``digest_articles``.
    lines = "string_agg(id || ' ' || content_hash || E'\\n', '' ORDER BY id)"
    return f"""
DO $compare$ BEGIN
IF (SELECT coalesce(encode(sha256(convert_to(
        coalesce({lines}, ''), 'UTF8')), 'hex'), '')
    FROM public.{Article._meta.db_table}) <> '{_escape(manifest.content)}'
OR (SELECT array_agg(DISTINCT app || '.' || name ORDER BY app || '.' || name)
    FROM public.{applied})
    IS DISTINCT FROM (SELECT array_agg(DISTINCT name::text ORDER BY name::text)
    FROM unnest(ARRAY[{names}]::text[]) AS name)
THEN RAISE EXCEPTION '{_DIFFERS}'; END IF;
END $compare$;
"""  # noqa: S608 - our names, and quotes are doubled


def _escape(value: str) -> str:
    return value.replace("'", "''").replace("$", "")


def _run(program: str, *options: str) -> str:
    """What a program of PostgreSQL's prints that works on the site's database."""
    arguments, extra = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, list(options)
    )
    return _run_alone(program, *arguments[1:], environ=extra)


def _run_alone(
    program: str, *arguments: str, environ: dict[str, str] | None = None
) -> str:
    """What a program of PostgreSQL's prints; raises DatabaseRefused where it fails."""
    found = shutil.which(program)
    if found is None:
        raise DatabaseRefused(
            _("%(program)s is not on this machine. Install PostgreSQL's client.")
            % {"program": program}
        )
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, no shell
        [found, *arguments],
        env={**os.environ, **(environ or {})},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise DatabaseRefused(f"{program}: {done.stderr.strip()}")
    return done.stdout
