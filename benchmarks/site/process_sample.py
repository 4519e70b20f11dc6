"""Memory, open files and threads of a process and its children: `sample_tree`.

Linux only: it reads /proc.
"""

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
    """A process at one moment; sizes in bytes.

    ``private`` is memory that no file stands behind; ``proportional`` counts besides
    the index that is read through memory maps, shared pages divided by who shares them.
    """

    name: str
    private: int
    proportional: int
    resident: int
    files: int
    threads: int


def sample_tree(pid: int) -> Iterator[ProcessSample]:
    """The process and its children, each under a name that it keeps."""
    yield _sample(pid, "arbiter")
    children = sorted(map(int, _read(pid, f"task/{pid}/children").split()))
    workers = [one for one in children if "index_worker" not in _read(one, "cmdline")]
    for one in children:
        named = f"worker {workers.index(one) + 1}" if one in workers else "indexer"
        yield _sample(one, named)


def _sample(pid: int, name: str) -> ProcessSample:
    lines: list[tuple[str, str]] = _LINE_RE.findall(_read(pid, "smaps_rollup"))
    memory = {name: int(kibibytes) * KIBIBYTE for name, kibibytes in lines}
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
