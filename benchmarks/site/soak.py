"""A soak test: does memory, files or threads of the server grow under a steady load?

    SIJILL_DATA_DIR=… .venv/bin/python -m benchmarks.site.soak --minutes 30 --rate 3

Requests are sent at a steady rate, as long as a client is free; meanwhile articles are
saved, which the indexer's process indexes. Memory, open files and threads of every
process are sampled from Linux's /proc. Before that each page is requested once, so that
the caches are full when the count begins. Use a copy of an archive: it gets new
articles.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import quote

import django

from benchmarks.measuring import MILLISECONDS, percentile
from benchmarks.site.process_sample import ProcessSample, sample_tree
from benchmarks.site.serving import serving

DEFAULT_MINUTES: Final = 30.0
DEFAULT_RATE: Final = 3.0
SAMPLE_SECONDS: Final = 15.0
SAVE_SECONDS: Final = 5.0
CLIENTS: Final = 8
# Words of titles that are searched for, and articles and actors that are opened.
WORDS: Final = 400
ARTICLES: Final = 200
TIMEOUT: Final = 60
SERVER_ERROR: Final = 500
SEED: Final = 7
# Flat: the median of the last third exceeds that of the second by no more than this
# share of the memory, or these bytes where they are more; or these files or threads.
FLAT_SHARE: Final = 0.05
FLAT_BYTES: Final = 8 * 1024 * 1024
FLAT_FILES: Final = 4


@dataclass(slots=True)
class SoakRun:
    """The answers and samples of a run; times in seconds from its beginning.

    An answer is (sent at, took, status), a sample is (taken at, processes). ``saved``
    counts articles. ``left_out`` requests were not sent, because all clients were
    waiting for answers.
    """

    answers: list[tuple[float, float, int]] = field(default_factory=list)
    samples: list[tuple[float, list[ProcessSample]]] = field(default_factory=list)
    saved: int = 0
    left_out: int = 0


def list_addresses() -> list[str]:
    """Paths of pages, most of them searches, drawn with a fixed seed."""
    from archive.models import Actor, Article

    pks = list(Article.objects.published().values_list("pk", flat=True))
    chosen = random.Random(SEED).sample(pks, min(ARTICLES, len(pks)))  # noqa: S311
    titles = Article.objects.filter(pk__in=chosen).values_list("title", flat=True)
    words = sorted({word for title in titles for word in title.split()})[:WORDS]
    searches = [f"/ar/search/?q={quote(word)}" for word in words]
    pairs = itertools.pairwise(words)
    searches += [f"/ar/search/?q={quote(f'{a} OR {b}')}" for a, b in pairs]
    searches += [f"/en/search/?q={quote(word)}&sort=newest" for word in words[::3]]
    # Misspelled words are in no article, so that similar ones are suggested.
    searches += [f"/ar/search/?q={quote(misspell(word))}" for word in words[::8]]
    others = [f"/ar/articles/{pk}/" for pk in chosen]
    others += [f"/ar/search/facets/actor/?q={quote(word)}" for word in words[::8]]
    slugs = Actor.objects.order_by("pk").values_list("slug", flat=True)[:ARTICLES]
    others += [f"/ar/actors/{quote(slug)}/" for slug in slugs]
    others += ["/ar/", "/en/", "/ar/calendar/", "/readyz", "/ar/topics/"]
    return searches + others


def misspell(word: str) -> str:
    """The word with its last two letters transposed and the last one doubled.

    >>> misspell("كتاب")
    'كتباا'
    """
    return f"{word[:-2]}{word[-1:]}{word[-2:-1] * 2}"


def save_one(number: int) -> None:
    """Save an article with its outbox row, and leave indexing to the indexer."""
    from django.db import transaction

    from archive.models import Article, Source, Status
    from archive.signals import articles_written

    with transaction.atomic():
        (saved,) = Article.objects.bulk_create(
            [
                Article(
                    title=f"خبر رقم {number}",
                    body="وصل القطار إلى المدينة صباح اليوم. " * 40,
                    source=Source.objects.order_by("pk")[0],
                    status=Status.PUBLISHED,
                )
            ]
        )
        articles_written.send(sender=Article, article_ids=[saved.pk])


def ask(address: str, began: float, run: SoakRun) -> None:
    """Request a page and record the answer; status 0 stands for no answer."""
    started = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    except OSError:
        status = 0
    seconds = time.monotonic() - started
    run.answers.append((started - began, seconds, status))


def warm_up(address: str, paths: Sequence[str], clients: ThreadPoolExecutor) -> None:
    """Request each page once; the answers are discarded."""
    discarded = SoakRun()
    pending = [clients.submit(ask, address + path, 0.0, discarded) for path in paths]
    for one in pending:
        one.result()


def soak(data_dir: Path, *, minutes: float, rate: float, log: Path) -> SoakRun:
    """Serve the archive in *data_dir* under *rate* requests a second."""
    run, paths = SoakRun(), list_addresses()
    choose = random.Random(SEED)  # noqa: S311
    limits = {"RATE_SEARCH": "off", "RATE_EXPORT": "off"}
    with (
        serving(data_dir, log, WEB_CONCURRENCY="2", **limits) as served,
        ThreadPoolExecutor(CLIENTS) as clients,
    ):
        warm_up(served.address, paths, clients)
        sent: list[Future[None]] = []
        began = time.monotonic()
        next_sample = next_save = 0.0
        for number in range(int(minutes * 60 * rate)):
            now = time.monotonic() - began
            if now >= next_sample:
                run.samples.append((now, list(sample_tree(served.pid))))
                next_sample += SAMPLE_SECONDS
                show(run)
            if now >= next_save:
                save_one(run.saved)
                run.saved += 1
                next_save += SAVE_SECONDS
            address = served.address + choose.choice(paths)
            sent = [one for one in sent if not one.done()]
            if len(sent) < CLIENTS:
                sent.append(clients.submit(ask, address, began, run))
            else:
                run.left_out += 1
            time.sleep(max(0.0, (number + 1) / rate - (time.monotonic() - began)))
    return run


def show(run: SoakRun) -> None:
    """Print the last sample: minutes, answers, and each process."""
    now, processes = run.samples[-1]
    each = "  ".join(
        f"{one.name} {one.private >> 20}/{one.proportional >> 20} MB"
        f" {one.files} files {one.threads} threads"
        for one in processes
    )
    sys.stdout.write(f"{now / 60:5.1f} min {len(run.answers):6} {each}\n")
    sys.stdout.flush()


def iter_thirds(run: SoakRun) -> Iterator[list[tuple[float, float, int]]]:
    """The answers of each third of the time."""
    end = max(began for began, _, _ in run.answers)
    for third in range(3):
        low, high = end * third / 3, end * (third + 1) / 3
        yield [one for one in run.answers if low <= one[0] <= high]


def has_grown(values: Sequence[int], allowed: float) -> bool:
    """Whether the median of the last third exceeds that of the second by *allowed*.

    >>> has_grown([1, 9, 9, 9, 9, 9], 0), has_grown([9, 9, 9, 9, 12, 12], 2)
    (False, True)
    """
    third = max(1, len(values) // 3)
    return median(values[-third:]) - median(values[third : 2 * third]) > allowed


def find_growth(run: SoakRun) -> list[str]:
    """A line for each process and measure that is not flat."""
    lines = []
    by_name: dict[str, list[ProcessSample]] = {}
    for _, processes in run.samples:
        for one in processes:
            by_name.setdefault(one.name, []).append(one)
    for name, own in sorted(by_name.items()):
        allowed = max(FLAT_BYTES, FLAT_SHARE * median(one.private for one in own))
        if has_grown([one.private for one in own], allowed):
            lines.append(f"{name}: memory grows")
        if has_grown([one.files for one in own], FLAT_FILES):
            lines.append(f"{name}: open files grow")
        if has_grown([one.threads for one in own], FLAT_FILES):
            lines.append(f"{name}: threads grow")
    return lines


def report(run: SoakRun) -> bool:
    """Print the figures; returns whether everything is flat and no request failed."""
    sys.stdout.write(f"\n{len(run.answers)} requests, {run.saved} saved\n")
    sys.stdout.write(f"left out, all clients waiting: {run.left_out}\n")
    for number, answers in enumerate(iter_thirds(run), 1):
        seconds = [one[1] for one in answers]
        figures = " ".join(
            f"p{share} {percentile(seconds, share / 100) * MILLISECONDS:.0f} ms"
            for share in (50, 95, 99)
        )
        sys.stdout.write(f"third {number}: {len(answers)} requests, {figures}\n")
    failed = [one for one in run.answers if not 0 < one[2] < SERVER_ERROR]
    growing = find_growth(run)
    sys.stdout.write(f"failed: {len(failed)}\n")
    sys.stdout.write(
        "\n".join(growing or ["memory, files and threads are flat"]) + "\n"
    )
    return not failed and not growing


def main() -> int:
    """Run the soak test of the command line; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site.soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--minutes", type=float, default=DEFAULT_MINUTES)
    parser.add_argument("--rate", type=float, default=DEFAULT_RATE)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings

    log = Path(tempfile.mkstemp(prefix="sijill-soak-", suffix=".log")[1])
    folder = Path(settings.DATA_DIR)
    run = soak(folder, minutes=options.minutes, rate=options.rate, log=log)
    return 0 if report(run) else 1


if __name__ == "__main__":
    sys.exit(main())
