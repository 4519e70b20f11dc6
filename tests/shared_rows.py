"""Rows that many tests begin with: written once, and shared by savepoints.

A module that has such rows says how they are written, under the name of the fixture
that hands them out::

    @shared_rows.layer("library")
    def _write_library(request: pytest.FixtureRequest) -> Library: ...

    @pytest.fixture
    def library(request: pytest.FixtureRequest, db: None) -> Library:
        return shared_rows.take("library", request)

They are written in a transaction around that of the first test that asks for the
fixture, and stay for the tests after it that ask for it, too. A layer may lie on
another one. A test that really commits has no transaction, and rows of its own.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.db import transaction

Writer = Callable[..., Any]


@dataclass(frozen=True)
class _Layer:
    write: Writer
    # The layer it lies on; *write* is called with what that one's has returned.
    on: str


@dataclass(frozen=True)
class _Written:
    """A layer in the database; ``value`` is what its writer has returned."""

    name: str
    value: Any
    around: transaction.Atomic


_layers: Final[dict[str, _Layer]] = {}
# From the lowest up, each in the transaction of the one before.
_written: Final[list[_Written]] = []


def layer(name: str, *, on: str = "") -> Callable[[Writer], Writer]:
    """Declare how the rows of the fixture *name* are written: its value is returned.

    The function gets the request of the first test that asks for them and, *on*
    another layer, a copy of that one's value.
    """

    def declare(write: Writer) -> Writer:
        _layers[name] = _Layer(write, on)
        return write

    return declare


def begin(request: pytest.FixtureRequest) -> None:
    """Write what the test asks for and take away what it does not.

    To be called before the transaction of the test begins.
    """
    asked = set(request.fixturenames)
    wanted = [] if _commits(request, asked) else _sort(asked & _layers.keys())
    while [written.name for written in _written] != wanted[: len(_written)]:
        _take_away()
    for name in wanted[len(_written) :]:
        around = transaction.atomic()
        # As that of a test, which durable transactions may begin in.
        around._from_testcase = True
        around.__enter__()
        try:
            value = _write(name, request)
        except BaseException:
            _roll_back(around)
            raise
        _written.append(_Written(name, value, around))


def end() -> None:
    """Take away all layers."""
    while _written:
        _take_away()


def take(name: str, request: pytest.FixtureRequest) -> Any:
    """The value of a layer: the test's own copy, or rows written for it alone."""
    for written in _written:
        if written.name == name:
            return copy.deepcopy(written.value)
    return _write(name, request)


def _write(name: str, request: pytest.FixtureRequest) -> Any:
    below = _layers[name].on
    return _layers[name].write(request, *([take(below, request)] if below else []))


def _commits(request: pytest.FixtureRequest, asked: set[str]) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(
        asked & {"transactional_db", "live_server"}
        or (marker and marker.kwargs.get("transaction"))
    )


def _sort(names: set[str]) -> list[str]:
    """The names with those of the layers below, each after what it lies on."""
    found: dict[str, None] = {}

    def add(name: str) -> None:
        if below := _layers[name].on:
            add(below)
        found[name] = None

    for name in sorted(names):
        add(name)
    return list(found)


def _take_away() -> None:
    _roll_back(_written.pop().around)


def _roll_back(around: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    around.__exit__(None, None, None)
