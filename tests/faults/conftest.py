"""Fixtures of the tests of faults; the counts of a run are printed at its end."""

import shutil
from pathlib import Path

import pytest

from tests.faults.figures import list_noted
from tests.installed import Installed
from tests.search.conftest import (
    built_index,
    engine_name,
    library,
    no_index,
    shared_index,
)

__all__ = ["built_index", "engine_name", "library", "no_index", "shared_index"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests counted."""
    if list_noted():
        terminalreporter.section("faults survived")
    for subject, said in list_noted():
        terminalreporter.write_line(f"{subject}: {said}")


@pytest.fixture
def installed(set_up: Installed, tmp_path: Path) -> Installed:
    """An empty archive with an administrator."""
    shutil.copytree(set_up.data_dir, tmp_path / "data")
    return Installed(tmp_path / "data")
