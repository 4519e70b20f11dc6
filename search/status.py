"""The status of the site: figures for its staff, readiness checks for machines."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from archive.models import Article, Status
from search.arabic.analyzer import ANALYZER_VERSION
from search.engines.contract import EngineStatus
from search.errors import IndexUnavailable
from search.indexing.agreement import Agreement, find_agreement, is_foreign
from search.indexing.connections import site_engine
from search.indexing.heartbeat import read_beat
from search.indexing.reconcile import Record, read_record
from search.models import OutboxEntry

# Packages that the search depends on, by their import names.
_PACKAGES: Final = ("django", "haystack", "whoosh", "numpy", "pyarabic")
_MEGABYTE: Final = 1024 * 1024
# A static file of every page.
_STYLE: Final = "css/base.css"

OK: Final = "ok"
UNAVAILABLE: Final = "unavailable"
LOW: Final = "low"
LATE: Final = "late"
SILENT: Final = "silent"

# By the name of a check and its state; they tell nothing of the inside.
_REMEDIES: Final[Mapping[tuple[str, str], str | Promise]] = {
    ("index", UNAVAILABLE): gettext_lazy("Build the index again with rebuild_index."),
    ("lexicon", UNAVAILABLE): gettext_lazy(
        "Compile the lexicon again with build_lexicon, then restart the site."
    ),
    ("index", Agreement.FOREIGN.value): gettext_lazy(
        "The index is of another archive than the database. If the database is the"
        " right one, build the index again with rebuild_index; if it is not, put the"
        " right one back with restore."
    ),
    ("index", Agreement.DIFFERS.value): gettext_lazy(
        "The index has another number of articles than the database. See which with"
        " reconcile_index, and repair them with reconcile_index --repair."
    ),
}


@dataclass(frozen=True, slots=True)
class Software:
    """An installed distribution: the one that provides a package, fork or not."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """The figures of the status page.

    ``index`` is ``None`` where it cannot be read, and ``fault`` says why; it may be one
    of another archive (``is_foreign``). Sizes are in
    bytes; ``index_size`` is that of all generations on this disk, or the live one's.
    """

    articles: int
    published: int
    waiting: int
    oldest_waiting: datetime | None
    index: EngineStatus | None
    is_foreign: bool
    fault: str
    index_size: int
    analyzer: int
    reconciled: Record | None
    free_disk: int
    disk_is_low: bool
    is_late: bool
    # The time of the indexer's last heartbeat.
    indexer_seen: datetime | None
    indexer_is_silent: bool
    database: str
    software: tuple[Software, ...]

    @property
    def differs(self) -> bool:
        """Whether index and database disagree although the outbox is empty."""
        return bool(
            self.index and not self.waiting and self.index.documents != self.published
        )


def read_status() -> SiteStatus:
    """The status of the database, the index, the outbox and the disk."""
    counts = Article.objects.aggregate(
        all=Count("pk"), published=Count("pk", filter=Q(status=Status.PUBLISHED))
    )
    outbox = OutboxEntry.objects.aggregate(count=Count("pk"), oldest=Min("queued_at"))
    index, fault = _read_index()
    return SiteStatus(
        articles=counts["all"],
        published=counts["published"],
        waiting=outbox["count"],
        oldest_waiting=outbox["oldest"],
        index=index,
        is_foreign=index is not None and is_foreign(index),
        fault=fault,
        index_size=_index_size(index),
        analyzer=ANALYZER_VERSION,
        reconciled=read_record(),
        free_disk=_free_disk(),
        disk_is_low=_check_disk() != OK,
        is_late=_is_late(outbox["oldest"]),
        indexer_seen=_read_indexer_seen(),
        indexer_is_silent=_check_indexer() != OK,
        database=_describe_database(),
        software=_list_software(),
    )


def _read_index() -> tuple[EngineStatus | None, str]:
    try:
        return site_engine().status(), ""
    except (IndexUnavailable, OSError) as error:
        return None, str(error)


def _index_size(index: EngineStatus | None) -> int:
    """The bytes of all generations in a folder, of the one that is live elsewhere."""
    folder = settings.HAYSTACK_CONNECTIONS["default"].get("PATH")
    if folder:
        return _folder_size(Path(str(folder)))
    return index.size if index else 0


def _folder_size(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.stat().st_size
        except FileNotFoundError:
            continue  # A commit has removed it meanwhile.
    return size


def _free_disk() -> int:
    return shutil.disk_usage(settings.DATA_DIR).free


def _describe_database() -> str:
    numbers = connection.get_database_version()
    return f"{connection.display_name} {'.'.join(map(str, numbers))}"


@cache
def _list_software() -> tuple[Software, ...]:
    installed = packages_distributions()
    names = [installed[package][0] for package in _PACKAGES]
    return (
        *(Software(name, version(name)) for name in names),
        Software(platform.python_implementation(), platform.python_version()),
    )


def check_readiness() -> dict[str, str]:
    """The state of each thing that the site needs: ``ok``, or one word for its fault.

    No details, because the answer is public.
    """
    return {name: check() for name, check in _CHECKS.items()}


def list_remedies(checks: Mapping[str, str]) -> dict[str, str]:
    """What to do about the checks that failed, where a sentence says more than a word.

    In the language of the site: machines ask in none.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return {
            name: str(_REMEDIES[name, state])
            for name, state in checks.items()
            if (name, state) in _REMEDIES
        }


def _check_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return UNAVAILABLE
    return OK


def _check_index() -> str:
    """Check that the index can be read, is of this archive and has all its articles."""
    index, _fault = _read_index()
    if index is None:
        return UNAVAILABLE
    try:
        agreement = find_agreement(index)
    except (DatabaseError, IndexUnavailable, OSError):
        return UNAVAILABLE
    return OK if agreement is Agreement.AGREES else agreement.value


def _check_lexicon() -> str:
    """Check that this process has a lexicon, as every search needs."""
    # NumPy takes a tenth of a second to import, and commands import this module too.
    from search.arabic.lexicon import installed  # noqa: PLC0415 - see above

    try:
        installed.current()
    except IndexUnavailable:
        return UNAVAILABLE
    return OK


def _check_static() -> str:
    """Check that this process has the manifest of static files, as every page needs."""
    try:
        staticfiles_storage.url(_STYLE)
    except ValueError:
        return UNAVAILABLE
    return OK


def _check_disk() -> str:
    try:
        free = _free_disk()
    except OSError:
        return UNAVAILABLE
    return LOW if free < settings.READY_MIN_FREE_MB * _MEGABYTE else OK


def _check_outbox() -> str:
    try:
        oldest = OutboxEntry.objects.aggregate(oldest=Min("queued_at"))["oldest"]
    except DatabaseError:
        return UNAVAILABLE
    return LATE if _is_late(oldest) else OK


def _is_late(oldest: datetime | None) -> bool:
    limit = settings.READY_MAX_OUTBOX_SECONDS
    if oldest is None or not limit:
        return False
    return timezone.now() - oldest > timedelta(seconds=limit)


def _check_indexer() -> str:
    """Check that the indexer, whoever has started it, gave a sign of late."""
    limit = settings.READY_MAX_INDEXER_SECONDS
    if not limit:
        return OK
    seen = _read_indexer_seen()
    # A beat in the future is one from before the clock was put back.
    is_recent = seen and abs(timezone.now() - seen) <= timedelta(seconds=limit)
    return OK if is_recent else SILENT


def _read_indexer_seen() -> datetime | None:
    beat = read_beat()
    try:
        return None if beat is None else datetime.fromtimestamp(beat, UTC)
    except (OverflowError, OSError, ValueError):
        return None


_CHECKS: Final[dict[str, Callable[[], str]]] = {
    "database": _check_database,
    "index": _check_index,
    "lexicon": _check_lexicon,
    "static": _check_static,
    "disk": _check_disk,
    "outbox": _check_outbox,
    "indexer": _check_indexer,
}
