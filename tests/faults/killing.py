"""Kills the indexing process again and again: ``python -m tests.faults.killing``.

Arguments: the journal of the editors, how many kills, the seed of chance. A process
of its own, because it forks: the indexer and the editors are children whose Django is
set up already, so that a restart takes no second. Prints counts as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import django

EDITORS: Final = 4
# A kill comes within so many seconds after the one before.
_LONGEST_LIFE: Final = 0.4
# Seconds until the children have begun to work.
_WARMING_UP: Final = 1.0
# Kills between two rebuilds, which are killed as well.
_REBUILD_EVERY: Final = 10


def fork(work: Callable[[], object]) -> int:
    """Fork a child that does *work*, with exit status 1 where it raises; its pid."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def reap(child: int) -> int:
    """The exit status of the child; negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def find_holder(children: list[int], index: Path) -> int | None:
    """The pid of the child that holds the indexer's lock, from /proc/locks, or None."""
    from search.indexing.lock import LOCK_FILE

    inode = (index.parent / LOCK_FILE).stat().st_ino
    for line in Path("/proc/locks").read_text().splitlines():
        fields = line.split()
        # Such as "1: FLOCK  ADVISORY  WRITE 4711 fe:00:1234 0 EOF".
        if "FLOCK" in fields and fields[-3].endswith(f":{inode}"):
            holder = int(fields[fields.index("FLOCK") + 3])
            return holder if holder in children else None
    return None


def list_leftovers(index: Path) -> set[str]:
    """Files and folders of the index that neither ``live`` nor the commit names."""
    from search.engines.whoosh.codec.whoosh_codec import ArraySegment
    from search.engines.whoosh.index.generations import open_index

    live = index / (index / "live").read_text()
    opened = open_index(live)
    segments: list[ArraySegment] = opened._segments()
    known = {
        *(segment.path(opened.storage).name for segment in segments),
        *(f"_MAIN_{opened.latest_generation()}.toc", "stamp.json", "MAIN_WRITELOCK"),
    }
    around = {path.name for path in index.iterdir()} - {"live", live.name}
    return around | ({path.name for path in live.iterdir()} - known)


def check_that_it_opens() -> None:
    """Check that the index can be read, without a document twice."""
    from search.engines.contract import EngineRequest
    from search.indexing.connections import site_engine
    from search.query.parse import parse
    from tests.faults.saving import ALWAYS

    documents = [pk for pk, _hash in site_engine().iter_hashes()]
    with_word = list(site_engine().iter_ids(EngineRequest(query=parse(ALWAYS))))
    # Either is of one commit, and others commit meanwhile.
    assert documents and with_word
    assert len(set(documents)) == len(documents)
    assert len(set(with_word)) == len(with_word)


def warm_up() -> None:
    """Import the modules that the children need, without opening the index."""
    from archive.models import Article
    from search.indexing.connections import SITE, list_indexes, site_engine
    from search.indexing.documents import iter_documents
    from search.query.parse import parse
    from tests.faults.saving import ALWAYS

    site_engine()
    parse(ALWAYS)
    next(iter_documents(Article.objects.all()[:1]))
    list_indexes(SITE)


class _Killing:
    def __init__(self, journal: Path, seed: int) -> None:
        from django.conf import settings

        self.chance = random.Random(seed)
        self.journal = journal
        self.index = Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])
        self.children: dict[int, int] = {}
        self.counts = {"kills": 0, "while_indexing": 0}
        self._started = 0

    def start(self, role: int) -> None:
        """Start a child: an editor, or the indexer for the number after the last."""
        self._started += 1
        work = self._index if role == EDITORS else self._save
        self.children[fork(lambda: work(role))] = role

    def _index(self, role: int) -> None:
        from django.core.management import call_command

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if self._started % _REBUILD_EVERY == 0:
            call_command("rebuild_index", verbosity=0)
        call_command("index_worker", interval=0.005)

    def _save(self, role: int) -> None:
        from archive.models import Source
        from tests.faults.saving import Journal, work

        source = Source.objects.get()
        # A name is of digits: a word of digits is looked for as it is.
        name = f"{role + 1}{self._started:04d}"
        work(name, Journal(self.journal), source.pk)

    def kill_once(self) -> None:
        """Kill the holder of the lock at a random moment, check the index, restart."""
        time.sleep(self.chance.uniform(0, _LONGEST_LIFE))
        holder = find_holder(list(self.children), self.index)
        indexer = next(pid for pid, role in self.children.items() if role == EDITORS)
        victim = holder or indexer
        os.kill(victim, signal.SIGKILL)
        assert reap(victim) == -signal.SIGKILL, "a child had ended by itself"
        self.counts["kills"] += 1
        self.counts["while_indexing"] += holder is not None
        if reap(fork(check_that_it_opens)):
            raise AssertionError(f"kill {self.counts['kills']}: the index is broken")
        self.start(self.children.pop(victim))

    def end(self) -> None:
        for child in self.children:
            os.kill(child, signal.SIGKILL)
            reap(child)


def main(journal: str, rounds: str, seed: str) -> None:
    """Kill *rounds* times, then end the children."""
    django.setup()
    warm_up()
    killing = _Killing(Path(journal), int(seed))
    try:
        for role in range(EDITORS + 1):
            killing.start(role)
        time.sleep(_WARMING_UP)
        for _ in range(int(rounds)):
            killing.kill_once()
    finally:
        killing.end()
    sys.stdout.write(json.dumps(killing.counts))


if __name__ == "__main__":
    main(*sys.argv[1:])
