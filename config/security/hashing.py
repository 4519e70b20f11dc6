"""Hashing of passwords, a bounded number at once: PASSWORD_HASHERS of the settings.

A hash takes a third of a second of a processor. Without a bound, as many sign-ins as
there are threads, from as many addresses, keep everybody else waiting until all of them
are hashed: docs/decisions/0051-few-hashes-at-once.md.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from filelock import FileLock

from config.security.password_guesses import give_back_sign_in
from config.security.rate_limits.slots import Slots

# One hash at a time for two processors leaves the other one to everybody else.
PROCESSORS_A_HASH: Final = 2
# Threads of a process that hash or wait for it: half of those that gunicorn has.
THREADS_A_PROCESS: Final = 2
# Seconds to wait for a slot, where its holder does not go on, and between two looks.
LONGEST_WAIT: Final = 20.0
_POLL_INTERVAL: Final = 0.01
# Seconds after which a form that was refused may be sent again.
RETRY_SECONDS: Final = 3

_log = logging.getLogger(__name__)
_threads = BoundedSemaphore(THREADS_A_PROCESS)


class HashingBusy(Exception):
    """As many passwords are being hashed, or wait for it, as may at once."""


class BoundedPBKDF2(PBKDF2PasswordHasher):
    """Django's hasher, whose hashes are computed in turn, over all processes."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Raises HashingBusy."""
        with hashing_turn():
            return super().encode(password, salt, iterations)


@contextmanager
def hashing_turn() -> Iterator[None]:
    """Hold one of the slots for hashing. Raises HashingBusy."""
    if not _threads.acquire(blocking=False):
        raise HashingBusy
    try:
        slot = _wait_for_slot()
        try:
            yield
        finally:
            if slot is not None:
                slot.release()
    finally:
        _threads.release()


def _wait_for_slot() -> FileLock | None:
    """A slot; ``None`` where the files of slots cannot be made, which is logged."""
    count = max(1, (os.cpu_count() or 1) // PROCESSORS_A_HASH)
    slots = Slots(Path(settings.DATA_DIR), "hashing", count)
    deadline = time.monotonic() + LONGEST_WAIT
    try:
        while (slot := slots.take()) is None:
            if time.monotonic() >= deadline:
                raise HashingBusy
            time.sleep(_POLL_INTERVAL)
    except OSError as error:
        _log.warning("Passwords are hashed without a bound: %s", error)
        return None
    return slot


class HashingBusyPage:
    """Middleware that answers 503 where a password could not be hashed now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        if not isinstance(error, HashingBusy):
            return None
        if getattr(request, "sign_in_is_counted", False):
            # Nobody has guessed: the password was not looked at.
            give_back_sign_in(request)
        response = render(
            request,
            "account/busy.html",
            {"seconds": RETRY_SECONDS},
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        )
        response["Retry-After"] = str(RETRY_SECONDS)
        response["Cache-Control"] = "no-store"
        return response
