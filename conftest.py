"""What holds for every test: the language it begins in, and its turn in a run.

``start.py test`` runs the files side by side (decision 0022).
"""

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from search.arabic.lexicon.compiling import build

# Of a test by examples; a test that asks for a share of them says why. With
# --hypothesis-seed they are drawn by chance, without it always the same.
settings.register_profile(
    "quick",
    max_examples=150,
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
    lexicon = Path(os.environ["SIJILL_LEXICON"])
    if not hasattr(config, "workerinput") and not build.is_current(lexicon):
        build.build(lexicon)
    if config.getoption("hypothesis_seed", None) is not None:
        settings.register_profile("seeded", settings(), derandomize=False)
        settings.load_profile("seeded")


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
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Return 0 where single files or tests are named, else None: a worker a core."""
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    if named and all(".py" in argument for argument in config.args):
        return 0
    return None


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Begin with the files that take longest, lest one worker end long after others."""
    if not hasattr(config, "workerinput"):
        return
    slow = Counter(_file(item) for item in items if item.get_closest_marker("slow"))
    size = Counter(map(_file, items))
    items.sort(key=lambda item: (-slow[_file(item)], -size[_file(item)]))


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
