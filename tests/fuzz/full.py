"""The full form of fuzzing: a served archive is sent tens of thousands of requests.

    SIJILL_DATA_DIR=… python -m tests.fuzz.full --requests 20000

Serves the archive of SIJILL_DATA_DIR with gunicorn on a port of its own. Exit status
0 where nothing failed and nothing was slow, 1 otherwise: each such request is printed.
Whoever is slow is asked again, since a busy machine makes anybody slow once.
"""

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import django
import hypothesis
from hypothesis import HealthCheck, Phase, given

from benchmarks.measuring import percentile
from benchmarks.site.serving import HOST, Served, is_alive, serving
from tests.fuzz.hostile import HostileRequest, follow, requests
from tests.fuzz.live import Answer, send

DEFAULT_REQUESTS: Final = 20_000
SLOWEST_SECONDS: Final = 2.0
AGAIN: Final = 3
FIRST_FAULT: Final = 500
SHOWN: Final = 600
KNOWN_OF_EACH: Final = 12
# Hypothesis remembers all that it has sent, so it begins anew after so many.
ROUND: Final = 500
# Limits have tests of their own; here they would hide the pages.
NO_LIMITS: Final = {"RATE_SEARCH": "off", "RATE_EXPORT": "off"}
# What Django and gunicorn say of a fault of the site's own.
FAULT_WORDS: Final = ("Internal Server Error", "Error handling request", "CRITICAL")


@dataclass
class Outcome:
    """Counts of the answers so far."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    slow: int = 0


def list_known(seed: int) -> list[str]:
    """Numbers and slugs of the archive that is served, and some of its words."""
    from archive.models import Actor, Article, Source, Topic

    drawn = random.Random(seed)
    known: list[str] = []
    for model, field_name in (
        *((Article, "pk"), (Article, "title")),
        *((one, "slug") for one in (Actor, Topic, Source)),
    ):
        values = list(model.objects.order_by("pk").values_list(field_name, flat=True))
        chosen = drawn.sample(values, min(KNOWN_OF_EACH, len(values)))
        known += [word for value in chosen for word in str(value).split()]
    return [*known, "actor", "topic", "source", "csv", "jsonl", "من", "العربية"]


def judge(request: HostileRequest, answer: Answer) -> str:
    """``"failed"``, ``"slow"`` or ``""``; an export is judged by its first byte."""
    if answer.status >= FIRST_FAULT or not answer.complete:
        return "failed"
    seconds = answer.first if "/export/" in request.path else answer.whole
    return "slow" if seconds > SLOWEST_SECONDS else ""


def note(outcome: Outcome, request: HostileRequest, served: Served) -> Answer:
    """Send one request and count its answer."""
    answer = send(request, HOST, served.port)
    outcome.statuses[answer.status] += 1
    outcome.seconds.append(answer.first)
    verdict = judge(request, answer)
    if verdict == "failed":
        outcome.failed += 1
        say(f"FAILED {answer} {request!r:.{SHOWN}}")
    elif verdict == "slow":
        again = min(send(request, HOST, served.port).first for _ in range(AGAIN))
        outcome.slow += again > SLOWEST_SECONDS
        say(f"SLOW {answer.whole:.2f} s, again {again:.2f} s: {request!r:.{SHOWN}}")
    return answer


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def fuzz(served: Served, count: int, seed: int) -> Outcome:
    """The outcome of at least *count* requests, drawn from *seed*."""
    outcome, known = Outcome(), list_known(seed)
    while len(outcome.seconds) < count:
        _fuzz_round(outcome, known, served, seed + len(outcome.seconds))
        say(f"{len(outcome.seconds)}: {dict(outcome.statuses)}")
    return outcome


def _fuzz_round(outcome: Outcome, known: list[str], served: Served, seed: int) -> None:
    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=ROUND,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(known))
    def ask(request: HostileRequest) -> None:
        if next_one := follow(note(outcome, request, served).location):
            note(outcome, next_one, served)

    ask()


def report(outcome: Outcome, messages: list[str]) -> bool:
    """Print the outcome; returns whether all is well."""
    asked = sorted(outcome.seconds)
    figures = ", ".join(
        f"p{share} {percentile(asked, share / 100) * 1000:.0f} ms"
        for share in (50, 95, 99)
    )
    say(f"\n{len(asked)} requests: {dict(outcome.statuses)}")
    say(f"{figures}, slowest {asked[-1]:.2f} s")
    say(f"failed: {outcome.failed}; slow however often asked: {outcome.slow}")
    for line in messages:
        say(f"LOG {line}")
    return not (outcome.failed or outcome.slow or messages)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.full")
    parser.add_argument("--requests", type=int, default=DEFAULT_REQUESTS)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings

    say(f"seed {options.seed}")
    log = Path(tempfile.mkstemp(prefix="sijill-fuzz-", suffix=".log")[1])
    with serving(Path(settings.DATA_DIR), log, **NO_LIMITS) as served:
        outcome = fuzz(served, options.requests, options.seed)
        alive = is_alive(served.address)
    lines = log.read_text("utf-8", "replace").splitlines()
    faults = [line for line in lines if any(word in line for word in FAULT_WORDS)]
    return 0 if report(outcome, faults) and alive else 1


if __name__ == "__main__":
    sys.exit(main())
