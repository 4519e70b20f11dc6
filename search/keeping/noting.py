"""Searches on their way into history.

With SQLite a file each, which the database takes in later: a page of results must not
stand in the queue of those who write (decision 0087). A file takes a fraction of a
millisecond, and outlasts a crash of its process. PostgreSQL has no such queue, and may
serve several machines, which do not see one another's files: there a search is written
at once.
"""

import datetime as dt
import json
import logging
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction

from search.keeping.history import remember
from search.keeping.keepers import make_own
from search.models import Keeper

_FOLDER: Final = "noted-searches"
_ENDING: Final = ".json"
_UNFINISHED: Final = ".part"
# Files that are taken in with one transaction.
_BATCH: Final = 200
# Seconds that no process needs to write a file.
_LEFT_BEHIND: Final = 60.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedSearch:
    """A search with whose it is: an account by ``user``, else a visitor's ``keeper``.

    ``searched_at`` is in ISO 8601, in UTC.
    """

    user: int | None
    keeper: int | None
    query_string: str
    question: str
    total: int
    searched_at: str


def note(search: NotedSearch) -> None:
    """Write *search* where it waits, or where it stays.

    Raises OSError where the file, and DatabaseError where the row cannot be written.
    """
    if connection.vendor == "sqlite":
        _write(search)
        return
    with transaction.atomic():
        _remember(search)


def _write(search: NotedSearch) -> None:
    folder = Path(settings.DATA_DIR) / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    # In the order of searching, by name.
    name = f"{time.time_ns():020}-{secrets.token_hex(4)}"
    part = folder / f"{name}{_UNFINISHED}"
    part.write_text(json.dumps(asdict(search), ensure_ascii=False), "utf-8")
    part.replace(folder / f"{name}{_ENDING}")


def take_in_noted() -> int:
    """Write the searches that wait to the database; how many.

    Two processes may be at it: a search is written with its own time, so that the
    second time changes nothing. Raises DatabaseError; what was not written waits.
    """
    folder = Path(settings.DATA_DIR) / _FOLDER
    _remove_left_behind(folder)
    files = sorted(folder.glob(f"*{_ENDING}"))
    count = 0
    for start in range(0, len(files), _BATCH):
        batch = files[start : start + _BATCH]
        with transaction.atomic():
            for file in batch:
                count += _take_in(file)
        for file in batch:
            file.unlink(missing_ok=True)
    return count


def _remove_left_behind(folder: Path) -> None:
    """Delete what processes left half-written that were ended."""
    for file in folder.glob(f"*{_UNFINISHED}"):
        # Another process may have been quicker: deleting, or writing it to its end.
        with suppress(FileNotFoundError):
            if time.time() - file.stat().st_mtime > _LEFT_BEHIND:
                file.unlink()


def _take_in(file: Path) -> bool:
    """Write what *file* has; false where it has nothing, or its reader is gone."""
    try:
        search = NotedSearch(**json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return False
    except (ValueError, TypeError):
        # The machine lost power before the disk had it.
        _log.warning("A noted search cannot be read and is dropped: %s", file.name)
        return False
    return _remember(search)


def _remember(search: NotedSearch) -> bool:
    """Write *search* to the history of its reader; false where that is not wanted."""
    keeper = _find_keeper(search)
    if keeper is None or not keeper.remembers:
        return False
    remember(
        keeper,
        query_string=search.query_string,
        question=search.question,
        total=search.total,
        searched_at=dt.datetime.fromisoformat(search.searched_at),
    )
    return True


def _find_keeper(search: NotedSearch) -> Keeper | None:
    if search.user is None:
        return Keeper.objects.filter(pk=search.keeper or 0).first()
    user = User.objects.filter(pk=search.user).first()
    return make_own(user) if user else None
