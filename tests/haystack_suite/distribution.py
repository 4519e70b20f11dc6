"""Fetches Haystack's source distribution, which carries its tests, and runs them."""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

from tests.sources import BASE_DIR

# As the package index gives it for django-haystack 3.4.0: its code is run here.
SHA256: Final = "1226a7c9ce13e1e7ead8ac83f6e87bfef4996f146ed24971fde7896115b1c530"
STOCK_ENGINE: Final = "haystack.backends.whoosh_backend.WhooshEngine"
OWN_ENGINE: Final = "search.engines.whoosh.backend.WhooshEngine"
# The tests of the multiple indexes run on Whoosh alone in place of Whoosh and Solr.
LABELS: Final = ("test_haystack.whoosh_tests", "test_haystack.multipleindex.tests")
_FETCH_SECONDS: Final = 300
_RUN_SECONDS: Final = 600

_SETTINGS: Final = """
import tempfile
from test_haystack.settings import *

for name in ("elasticsearch", "solr"):
    HAYSTACK_CONNECTIONS.pop(name, None)
HAYSTACK_CONNECTIONS["solr"] = {
    **HAYSTACK_CONNECTIONS["whoosh"], "PATH": tempfile.mkdtemp()
}
TEST_RUNNER = "tests.haystack_suite.reporting.OutcomeRunner"
"""


class Unreachable(Exception):
    """The package index cannot be reached."""


def cache_directory() -> Path:
    """Where fetched distributions stay, outside of the project."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "sijill"


def fetch() -> Path:
    """The source distribution of the Haystack in use, from the cache or the index.

    Raises Unreachable, and ValueError for a file that is not the one known.
    """
    name = f"django_haystack-{version('django-haystack')}.tar.gz"
    archive = cache_directory() / name
    if not archive.exists():
        _download(archive)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"{archive} is not the distribution known: SHA-256 {found}")
    return archive


def _download(archive: Path) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    wanted = f"django-haystack=={version('django-haystack')}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--no-binary", ":all:", "--dest", str(archive.parent), wanted]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_FETCH_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise Unreachable(f"{wanted} did not arrive in time") from error
    if done.returncode or not archive.exists():
        raise Unreachable(done.stderr.strip() or f"pip did not fetch {archive.name}")


def unpack(archive: Path, folder: Path, engine: str) -> None:
    """Put the tests, and nothing else, in *folder*; they name *engine* throughout."""
    with tarfile.open(archive) as distribution:
        # Pythons before 3.11.4 know no filters, and no argument of that name.
        distribution.extraction_filter = getattr(tarfile, "data_filter", None)
        for member in distribution.getmembers():
            member.name = member.name.partition("/")[2]
            if member.name.startswith("test_haystack/"):
                distribution.extract(member, folder)
    for path in folder.rglob("*.py"):
        text = path.read_text("utf-8")
        if STOCK_ENGINE in text:
            path.write_text(text.replace(STOCK_ENGINE, engine), "utf-8")
    (folder / "adapted_settings.py").write_text(_SETTINGS)


def run_suite(folder: Path, engine: str) -> Mapping[str, str]:
    """The outcome of each test by its dotted name."""
    unpack(fetch(), folder, engine)
    found: dict[str, str] = {}
    for label in LABELS:
        found |= _run(label, folder)
    return found


def _run(label: str, folder: Path) -> dict[str, str]:
    """The outcomes of one package, in a process of its own.

    In one process the first leaves connections that the second stumbles over,
    whatever the engine.
    """
    outcomes = folder / f"{label}.json"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(folder), str(BASE_DIR)]),
        "DJANGO_SETTINGS_MODULE": "adapted_settings",
        "SUITE_OUTCOMES": str(outcomes),
        "TMPDIR": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", "test", label],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=_RUN_SECONDS,
    )
    if not outcomes.exists():
        raise RuntimeError(f"Haystack's tests did not run:\n{done.stderr}")
    return dict(json.loads(outcomes.read_text()))
