"""Sends a hostile request to a server byte for byte."""

import contextlib
import http.client
import socket
import time
from dataclasses import dataclass

from tests.fuzz.hostile import HostileRequest

# Seconds without a byte after which a server is given up.
PATIENCE = 60
CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``status`` is 0 where there was no answer.

    ``first`` and ``whole`` are the seconds until the head and until the end.
    ``complete`` is whether the body came to its end, ``location`` where the answer
    sends the reader to.
    """

    status: int
    first: float
    whole: float
    complete: bool
    location: str = ""


def send(request: HostileRequest, host: str, port: int) -> Answer:
    """The answer to *request*, on a connection of its own."""
    lines = [f"{request.method} {request.target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in request.all_headers()]
    head = "\r\n".join((*lines, "Connection: close", "", ""))
    started = time.perf_counter()
    with socket.create_connection((host, port), timeout=PATIENCE) as connection:
        # It may be refused before all of it is sent; the answer is there all the same.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(head.encode("latin-1", "replace") + request.body)
        return _read(connection, request.method, started)


def _read(connection: socket.socket, method: str, started: float) -> Answer:
    response = http.client.HTTPResponse(connection, method=method)
    status, first, complete, location = 0, 0.0, True, ""
    try:
        response.begin()
        status, first = response.status, time.perf_counter() - started
        location = response.getheader("Location") or ""
        while response.read(CHUNK):
            pass
    except (http.client.HTTPException, ConnectionError, TimeoutError):
        complete = False
    finally:
        response.close()
    return Answer(status, first, time.perf_counter() - started, complete, location)
