"""Memory, open files and threads of a process and its children, from Linux's /proc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

KIBIBYTE: Final = 1024
# Such as "Pss_Anon:           51234 kB".
_LINE_RE: Final = re.compile(r"^(\w+): +(\d+)", re.MULTILINE)
_PROC: Final = Path("/proc")


@dataclass(frozen=True, slots=True)
class ProcessSample:
    """The state of a process; sizes in bytes.

    ``private`` is anonymous memory (Pss_Anon). ``proportional`` (Pss) includes mapped
    files such as the index, a shared page divided by the processes that share it.
    ``resident`` (Rss) counts shared pages in full.
    """

    name: str
    private: int
    proportional: int
    resident: int
    files: int
    threads: int


def sample_tree(pid: int) -> Iterator[ProcessSample]:
    """The process and its children; a name belongs to one process for its life."""
    yield _sample(pid, "arbiter")
    children = sorted(map(int, _read(pid, f"task/{pid}/children").split()))
    workers = [
        child for child in children if "index_worker" not in _read(child, "cmdline")
    ]
    for child in children:
        name = f"worker {workers.index(child) + 1}" if child in workers else "indexer"
        yield _sample(child, name)


def _sample(pid: int, name: str) -> ProcessSample:
    lines: list[tuple[str, str]] = _LINE_RE.findall(_read(pid, "smaps_rollup"))
    memory = {field: int(kibibytes) * KIBIBYTE for field, kibibytes in lines}
    return ProcessSample(
        name=name,
        private=memory["Pss_Anon"],
        proportional=memory["Pss"],
        resident=memory["Rss"],
        files=_count(pid, "fd"),
        threads=_count(pid, "task"),
    )


def _count(pid: int, name: str) -> int:
    return sum(1 for _ in (_PROC / str(pid) / name).iterdir())


def _read(pid: int, name: str) -> str:
    return (_PROC / str(pid) / name).read_text("utf-8", "replace")
