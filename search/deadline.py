"""The processor time that one page may take, however many steps share it."""

from __future__ import annotations

from contextvars import ContextVar, Token
from time import monotonic, thread_time
from typing import Final

from django.utils.translation import gettext_lazy as _

from search.errors import QueryTooExpensive


class Deadline:
    """A number of processor seconds of this thread from now; ``None`` never ends.

    Time that other processes take is not counted, so that a query is not refused
    because the machine is busy. Between two checks some milliseconds pass.
    """

    def __init__(self, seconds: float | None) -> None:
        self._end = self._earliest = None
        if seconds is not None:
            self._end = thread_time() + seconds
            self._earliest = monotonic() + seconds

    def check(self) -> None:
        """Raise QueryTooExpensive once the time is over."""
        # A thread takes no more processor time than time passes, and to ask for that
        # is thirty times as fast.
        if self._earliest is None or monotonic() <= self._earliest:
            return
        if self._end is not None and thread_time() > self._end:
            raise QueryTooExpensive(
                _(
                    "This search takes too long. Leave out some words, above all "
                    "those with an asterisk, “?” or “~”."
                )
            )


_ACTIVE: Final[ContextVar[Deadline | None]] = ContextVar("deadline", default=None)


class time_limit:  # noqa: N801 - it is called as a function is
    """The deadline of a ``with`` block: of *seconds*, or the one that holds around it.

    A class, because it stands around each search and a generator takes twice as long.
    """

    __slots__ = ("_seconds", "_token")

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._token: Token[Deadline | None] | None = None

    def __enter__(self) -> Deadline:
        outer = _ACTIVE.get()
        if outer is not None:
            return outer
        deadline = Deadline(self._seconds)
        self._token = _ACTIVE.set(deadline)
        return deadline

    def __exit__(self, *_error: object) -> None:
        if self._token is not None:
            _ACTIVE.reset(self._token)


def check_deadline() -> None:
    """Raise QueryTooExpensive once the time that holds here is over, if any does."""
    if deadline := _ACTIVE.get():
        deadline.check()
