"""What holds for every test: the language it begins in, and its turn in a run.

``start.py test`` runs the files side by side (decision 0022).
"""

import gc
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from search.arabic.lexicon.compiling import build

# Of a test by examples; a test that asks for a share of them says why. With
# --hypothesis-seed they are drawn by chance, without it always the same.
settings.register_profile(
    "quick",
    max_examples=50,
    derandomize=True,
    # The neighbors on a machine may be busy.
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        # Examples of a test share its folders and archive, and know that they do.
        HealthCheck.function_scoped_fixture,
    ],
)
settings.register_profile(
    "long", settings.get_profile("quick"), max_examples=5000, derandomize=False
)
settings.load_profile("quick")

# Rewriting the assertions of all modules takes a process ten seconds, whatever the
# caller thinks of __pycache__; Git ignores it.
sys.dont_write_bytecode = False

# A folder in memory, where there is one, and what it must have free, in bytes: tests
# write small files and wait until they are on the disk, again and again.
_MEMORY = Path("/dev/shm")  # noqa: S108 - only looked at; pytest makes a private folder
_MOST_WRITTEN = 6 << 30

# Tests that share what takes seconds of a processor to start: by the name of what it
# is, the files and tests that need it. One process starts it for all of them.
_STARTED_ONCE = {
    "backup": re.compile(r"^tests/config/backup/"),
    "opensearch": re.compile(r"^tests/search/engines/opensearch/|\[opensearch\b"),
    "browser": re.compile(r"^tests/browser/|/test_(in_browser|keyboard)\.py"),
    "postgresql": re.compile(r"/test_(\w+_)?(postgresql|machines|database_lock)\.py"),
}
# Marks of what takes long.
_LONG = ("slow", "browser", "opensearch", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--engine``, which tests/search/conftest.py reads."""
    parser.addoption(
        "--engine",
        choices=["whoosh", "opensearch"],
        default="whoosh",
        help="what all tests of search run on",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Draw new examples where a seed for them is given; compile the lexicon."""
    # Collecting makes hundreds of thousands of objects, and no garbage of note.
    gc.disable()
    if _is_fit(_MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    lexicon = Path(os.environ["SIJILL_LEXICON"])
    if not hasattr(config, "workerinput") and not build.is_current(lexicon):
        build.build(lexicon)
    if config.getoption("hypothesis_seed", None) is not None:
        settings.register_profile("seeded", settings(), derandomize=False)
        settings.load_profile("seeded")


def _is_fit(folder: Path) -> bool:
    """Whether it has room for what tests write, and lets them run programs there."""
    if not folder.is_dir() or os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return False
    return shutil.disk_usage(folder).free >= _MOST_WRITTEN


def pytest_collection_finish() -> None:
    """Let the garbage collector look through the tests' own objects only.

    Going through all modules and tests again and again took an eighth of a run.
    """
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def first_language(request: pytest.FixtureRequest) -> Iterator[None]:
    """The site's own language; in a docstring's examples, that of the source."""
    # A page asked for in one language leaves it active in the tests' thread.
    if isinstance(request.node, pytest.DoctestItem):
        translation.deactivate_all()
    else:
        translation.deactivate()
    yield
    translation.deactivate()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return 0 where single files or tests are named, else one more than cores.

    Tests of processes wait for a third of their time: for a lock that is held, a server
    that starts, a browser that draws.
    """
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    if named and all(".py" in argument for argument in config.args):
        return 0
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: object
) -> LoadFileScheduling | None:
    """Give the tests that share a server to one worker, others file by file."""
    if config.getvalue("dist") != "loadfile":
        return None
    return _Scheduling(config, log)


class _Scheduling(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return _scope(nodeid)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Begin with the files that take longest, lest one worker end long after others."""
    if not hasattr(config, "workerinput"):
        return
    scopes = {item: _scope(item.nodeid) for item in items}
    slow = Counter(
        scopes[item] for item in items if any(map(item.get_closest_marker, _LONG))
    )
    size = Counter(scopes.values())
    items.sort(key=lambda item: (-slow[scopes[item]], -size[scopes[item]]))


def _scope(nodeid: str) -> str:
    """What goes to one worker: a file, or all tests that share a server."""
    for name, needing in _STARTED_ONCE.items():
        if needing.search(nodeid):
            return name
    return nodeid.partition("::")[0]
