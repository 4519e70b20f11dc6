"""Temporary OpenSearch nodes on the loopback: one for most tests, three to kill one of.

``bash .ci/opensearch`` puts the server where ``find`` looks. Each node takes 512 MB of
heap and starts in ten seconds.
"""

import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.postgresql_server import free_port

VERSION = "2.5.0"
ABSENT = "No OpenSearch server here: bash .ci/opensearch"
_HEAP = "512m"
# A node of the tests lives for a minute, most of which the better of Java's compilers
# and a collector with threads of its own would take.
_SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:-UsePerfData"
# OpenSearch refuses to run as root; one of these accounts runs it then.
_ACCOUNTS = ("opensearch", "nobody")
_PATIENCE = 120


def find() -> Path | None:
    """The directory of the server; ``None`` without it or without Java."""
    cache = (
        Path("/var/cache")
        if os.geteuid() == 0
        else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    )
    home = cache / "sijill" / f"opensearch-{VERSION}"
    return home if (home / ".complete").exists() and shutil.which("java") else None


@dataclass
class Node:
    """A node that can be killed and started again; it keeps its data."""

    home: Path
    folder: Path
    name: str
    http: int
    transport: int
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    def configure(self, nodes: list["Node"]) -> None:
        """Write the node's configuration as one of *nodes*."""
        config = self.folder / "config"
        for name in ("data", "logs", "tmp", "config/jvm.options.d"):
            (self.folder / name).mkdir(parents=True)
        shutil.copy(self.home / "config" / "log4j2.properties", config)
        options = (self.home / "config" / "jvm.options").read_text()
        for before, after in (
            ("=data", f"={self.folder}/data"),
            ("=logs/", f"={self.folder}/logs/"),
            (":logs/", f":{self.folder}/logs/"),
            ("+UseG1GC", "+UseSerialGC"),
        ):
            options = options.replace(before, after)
        (config / "jvm.options").write_text(options)
        settings = {
            "cluster.name": f"sijill-{nodes[0].http}",
            "node.name": self.name,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "network.host": "127.0.0.1",
            "http.port": self.http,
            "transport.port": self.transport,
            "discovery.seed_hosts": [f"127.0.0.1:{one.transport}" for one in nodes],
            "cluster.initial_master_nodes": [one.name for one in nodes],
            "cluster.routing.allocation.disk.threshold_enabled": False,
            "node.processors": 2,
        }
        lines = [f"{name}: {json.dumps(value)}" for name, value in settings.items()]
        (config / "opensearch.yml").write_text("\n".join(lines))
        if account := _account():
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, account["user"], account["group"])

    def start(self) -> None:
        java = Path(str(shutil.which("java"))).resolve().parent.parent
        self.process = subprocess.Popen(
            [self.home / "bin" / "opensearch"],
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "OPENSEARCH_JAVA_HOME": str(java),
                "OPENSEARCH_PATH_CONF": str(self.folder / "config"),
                "OPENSEARCH_TMPDIR": str(self.folder / "tmp"),
                "OPENSEARCH_JAVA_OPTS": f"-Xms{_HEAP} -Xmx{_HEAP} {_SHORT_LIVED}",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **_account(),
        )

    def kill(self) -> None:
        """End the node as a failing machine does."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def health(self) -> dict[str, Any]:
        """What the node says of its cluster; empty where it does not answer."""
        try:
            with urlopen(f"{self.url}/_cluster/health", timeout=5) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except (URLError, OSError, ValueError):
            return {}


def wait_until_green(nodes: list[Node]) -> None:
    """Wait until all *nodes* are one cluster that has all its copies."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        found = [node.health() for node in nodes]
        if all(
            one.get("number_of_nodes") == len(nodes) and one.get("status") == "green"
            for one in found
        ):
            return
        time.sleep(0.25)
    raise TimeoutError(f"The nodes are no cluster after {_PATIENCE} s: {found}")


@contextmanager
def running(home: Path, count: int = 1) -> Iterator[list[Node]]:
    """A cluster of *count* nodes, killed and removed at the end."""
    with ExitStack() as stack:
        root = Path(tempfile.mkdtemp(prefix="sijill-opensearch-"))
        stack.callback(shutil.rmtree, root, ignore_errors=True)
        root.chmod(0o755)
        nodes = [
            Node(home, root / f"n{at}", f"n{at}", free_port(), free_port())
            for at in range(count)
        ]
        for node in nodes:
            node.configure(nodes)
            stack.callback(node.kill)
            node.start()
        wait_until_green(nodes)
        yield nodes


def _account() -> dict[str, Any]:
    """The arguments of subprocess that drop root's rights; empty for other users."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in _ACCOUNTS if name in known)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
