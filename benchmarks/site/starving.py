"""Can one reader starve the others? The cost of hostile queries, and who waits.

    SIJILL_DATA_DIR=FOLDER .venv/bin/python -m benchmarks.site.starving [--json OUT]

First each hostile query is answered in this process, without limits, and its processor
time is measured. Then the site is served with its limits; a reader searches for common
words alone, and again while another address asks the most expensive query that is
answered, once a second.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import quote, urlsplit

from benchmarks.data.hostile_queries import WORDS, iter_hostile_queries
from benchmarks.measuring import percentile
from benchmarks.site.serving import serving

DEFAULT_SECONDS: Final = 60
DEFAULT_SEED: Final = 20260101
# Linux answers on all of 127.0.0.0/8, so that each has an address of its own.
READER: Final = "127.0.0.1"
ATTACKER: Final = "127.0.0.9"
# Seconds between two searches of the reader.
READER_PAUSE: Final = 0.5
TIMEOUT: Final = 60
OK: Final = 200


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hostile query takes: processor seconds, and the status of its page."""

    family: str
    query: str
    seconds: float
    status: int


@dataclass(frozen=True, slots=True)
class Waits:
    """Wall-clock seconds of the reader's pages, and the statuses that were answered."""

    searches: int
    median: float
    p95: float
    longest: float
    statuses: dict[int, int]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site.starving",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seconds", type=int, default=DEFAULT_SECONDS)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--json", type=Path, metavar="OUT")
    options = parser.parse_args(arguments)
    try:
        _run(options)
    except (OSError, RuntimeError, ValueError) as error:
        raise SystemExit(str(error)) from error


def _run(options: argparse.Namespace) -> None:
    costs = measure_costs(options.seed)
    worst = max((cost for cost in costs if cost.status == OK), key=lambda c: c.seconds)
    data_dir = Path(os.environ["SIJILL_DATA_DIR"])
    with serving(data_dir, data_dir / "starving.log", RATE_SEARCH="300/minute") as site:
        _read(site.address, options.seconds / 4)
        alone, _ = _read(site.address, options.seconds)
        starved, attacks = _read(site.address, options.seconds, against=worst.query)
    sys.stdout.write("\n".join(_render(costs, alone, starved, attacks)) + "\n")
    if options.json:
        figures = {
            "costs": [asdict(cost) for cost in costs],
            "alone": asdict(alone),
            "starved": asdict(starved),
            "attacks": attacks,
        }
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        options.json.write_text(f"{text}\n", "utf-8")


def measure_costs(seed: int) -> list[Cost]:
    """The cost of each hostile query in this process, with its limit of time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ |= {"RATE_SEARCH": "off", "ALLOWED_HOSTS": "127.0.0.1,testserver"}
    import django

    django.setup()
    from django.test import Client

    client = Client()
    client.get(_path(WORDS[0]), follow=True)
    costs = []
    for family, query in iter_hostile_queries(seed):
        started = time.thread_time()
        answer = client.get(_path(query), follow=True)
        seconds = time.thread_time() - started
        costs.append(Cost(family, query, seconds, answer.status_code))
    return costs


def _path(query: str) -> str:
    return f"/ar/search/?q={quote(query)}"


def _read(
    site: str, seconds: float, *, against: str = ""
) -> tuple[Waits, dict[int, int]]:
    """The waits of a reader, and the statuses of an attacker who asks *against*."""
    stop = threading.Event()
    attacks: Counter[int] = Counter()

    def attack() -> None:
        while not stop.is_set():
            began = time.monotonic()
            threading.Thread(
                target=lambda: attacks.update([_get(site, against, ATTACKER)])
            ).start()
            stop.wait(max(0.0, 1 - (time.monotonic() - began)))

    attacker = threading.Thread(target=attack)
    if against:
        attacker.start()
    waits, statuses = _search(site, seconds)
    stop.set()
    if against:
        attacker.join()
    return (
        Waits(
            len(waits),
            median(waits),
            percentile(waits, 0.95),
            max(waits),
            dict(statuses),
        ),
        dict(attacks),
    )


def _search(site: str, seconds: float) -> tuple[list[float], Counter[int]]:
    """The seconds and statuses of the reader's searches, one after the other."""
    waits: list[float] = []
    statuses: Counter[int] = Counter()
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        began = time.monotonic()
        statuses[_get(site, WORDS[number % len(WORDS)], READER)] += 1
        waits.append(time.monotonic() - began)
        number += 1
        time.sleep(READER_PAUSE)
    return waits, statuses


def _get(site: str, query: str, source: str) -> int:
    """The status of the page for *query*, asked for from the address *source*."""
    host = urlsplit(site)
    connection = http.client.HTTPConnection(
        str(host.hostname), host.port, timeout=TIMEOUT, source_address=(source, 0)
    )
    path = _path(query)
    try:
        while True:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.client.FOUND:
                return answer.status
            path = answer.headers["Location"]
    except OSError:
        return 0
    finally:
        connection.close()


def _render(
    costs: Sequence[Cost], alone: Waits, starved: Waits, attacks: dict[int, int]
) -> Iterator[str]:
    yield f"{len(costs)} hostile queries, processor seconds of a page:"
    for family in dict.fromkeys(cost.family for cost in costs):
        of_family = [cost for cost in costs if cost.family == family]
        seconds = [cost.seconds for cost in of_family]
        statuses = Counter(cost.status for cost in of_family)
        yield (
            f"  {family:14} median {median(seconds):5.2f}  longest {max(seconds):5.2f}"
            f"  statuses {dict(statuses)}"
        )
    yield f"longest of all: {max(cost.seconds for cost in costs):.2f}"
    for name, waits in (("alone", alone), ("beside the attacker", starved)):
        yield (
            f"reader {name}: {waits.searches} searches, median {waits.median:.3f} s, "
            f"p95 {waits.p95:.3f}, longest {waits.longest:.3f}, {waits.statuses}"
        )
    yield f"ratio of the medians: {starved.median / alone.median:.2f}"
    yield f"attacker's statuses: {attacks}"


if __name__ == "__main__":
    main()
