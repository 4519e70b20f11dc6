"""Latency from saving an article to a search in another process that finds it.

    SIJILL_DATA_DIR=FOLDER .venv/bin/python -m benchmarks.site.freshness [--json OUT]

gunicorn serves the site with its indexer, clients search it without a pause, and this
process saves articles one after the other, each with a word of its own. A third process
polls the engine for the word and tells when it is found. The articles are deleted at
the end.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from benchmarks.data.new_words import LETTERS
from benchmarks.measuring import MILLISECONDS, percentile
from benchmarks.site.serving import BASE_DIR, serving
from search.arabic.analyzer import surfaces

DEFAULT_ARTICLES: Final = 40
DEFAULT_CLIENTS: Final = 2
DEFAULT_SEED: Final = 20260101
# Articles whose titles give the words that the clients search for.
TITLES: Final = 200
WORD_LENGTH: Final = 9
# Seconds between two polls, between two articles, and for an article to be found.
POLL: Final = 0.002
PAUSE: Final = 0.3
TIMEOUT: Final = 60
MEDIAN, HIGH = 0.5, 0.95


@dataclass(slots=True)
class Freshness:
    """Milliseconds from the call of ``save()``, one of each list for an article.

    ``waits`` end when the article is found, ``saves`` when ``save()`` returns. The
    clients were answered ``pages`` pages in ``seconds``.
    """

    waits: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    pages: int = 0
    seconds: float = 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure; with the hidden ``--watch``, poll for the measuring process."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site.freshness",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=DEFAULT_ARTICLES)
    parser.add_argument("--clients", type=int, default=DEFAULT_CLIENTS)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--json", type=Path, metavar="OUT")
    parser.add_argument("--watch", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Rate limits would refuse the clients.
    os.environ |= {"RATE_SEARCH": "off", "ALLOWED_HOSTS": "127.0.0.1"}
    import django

    django.setup()
    if options.watch:
        _watch()
        return
    try:
        freshness = _measure(options.articles, options.clients, options.seed)
    except (OSError, RuntimeError) as error:
        raise SystemExit(str(error)) from error
    sys.stdout.write("\n".join(_render(freshness)) + "\n")
    if options.json:
        written = json.dumps(asdict(freshness), indent=1)
        options.json.write_text(written + "\n", "utf-8")


def _render(freshness: Freshness) -> Iterator[str]:
    titled = (
        ("found after", freshness.waits),
        ("save() returned after", freshness.saves),
    )
    for title, times in titled:
        yield (
            f"{title}: median {percentile(times, MEDIAN):.0f} ms, "
            f"p95 {percentile(times, HIGH):.0f} ms, of {len(times)} articles"
        )
    rate = freshness.pages / freshness.seconds
    yield f"{rate:.1f} pages a second were answered meanwhile"


def _measure(articles: int, clients: int, seed: int) -> Freshness:
    """Save *articles* articles. Raises RuntimeError where one is not found in time."""
    from django.conf import settings

    from archive.models import Article, Source

    rng = random.Random(seed)  # noqa: S311 - no secret
    paths = _draw_paths(rng)
    source = Source.objects.order_by("pk").first()
    if source is None or not paths:
        raise RuntimeError("The archive is empty. Import some articles first.")
    freshness, saved = Freshness(), list[int]()
    log = Path(settings.DATA_DIR) / "freshness.log"
    with (
        serving(Path(settings.DATA_DIR), log) as served,
        _watching() as watcher,
        _searching(served.address, paths, clients, freshness),
    ):
        try:
            for _ in range(articles):
                word = "".join(rng.choices(LETTERS, k=WORD_LENGTH))
                article = Article(title=word, body=f"{word}\n\nنص", source=source)
                started = time.monotonic()
                article.save()
                freshness.saves.append((time.monotonic() - started) * MILLISECONDS)
                saved.append(article.pk)
                found = _wait_for(watcher, word)
                freshness.waits.append((found - started) * MILLISECONDS)
                time.sleep(PAUSE)
        finally:
            Article.objects.filter(pk__in=saved).delete()
    return freshness


def _draw_paths(rng: random.Random) -> list[str]:
    """Paths of results pages for words of randomly drawn titles."""
    from archive.models import Article

    published = Article.objects.published().order_by("pk")
    pks = list(published.values_list("pk", flat=True))
    drawn = rng.sample(pks, min(TITLES, len(pks)))
    titles = Article.objects.filter(pk__in=drawn).order_by("pk")
    words = {
        word
        for title in titles.values_list("title", flat=True)
        for word in surfaces(title)
        if _is_query(word)
    }
    paths = [f"/ar/search/?q={quote(word)}" for word in sorted(words)]
    rng.shuffle(paths)
    return paths


def _is_query(word: str) -> bool:
    """Whether *word* alone is a query; an operator, as او, is not."""
    from search.errors import QuerySyntaxError
    from search.query import parse

    try:
        parse(word)
    except QuerySyntaxError:
        return False
    return True


@contextmanager
def _searching(
    site: str, paths: Sequence[str], clients: int, freshness: Freshness
) -> Iterator[None]:
    """Threads that request *paths* in a cycle, each from another one on.

    Their pages and seconds are added to *freshness*. Raises OSError where a request
    failed.
    """
    ended, failed = threading.Event(), list[OSError]()

    def search(first: int) -> None:
        for path in itertools.cycle([*paths[first:], *paths[:first]]):
            if ended.is_set():
                return
            try:
                with urllib.request.urlopen(site + path, timeout=TIMEOUT) as page:  # noqa: S310
                    page.read()
            except OSError as error:
                failed.append(error)
                return
            freshness.pages += 1

    step = max(1, len(paths) // max(1, clients))
    threads = [
        threading.Thread(target=search, args=(n * step,)) for n in range(clients)
    ]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
        freshness.seconds = time.monotonic() - started
    if failed:
        raise failed[0]


@contextmanager
def _watching() -> Iterator[subprocess.Popen[str]]:
    """The polling process, once it is ready."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.site.freshness", "--watch"],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        # Popen closes its stdin when the block ends, and the process ends with it.
        if process.stdout is None or not process.stdout.readline():
            raise RuntimeError("The process that searches did not start.")
        yield process


def _wait_for(watcher: subprocess.Popen[str], word: str) -> float:
    """The time.monotonic() at which *word* was found; processes share this clock."""
    if watcher.stdin is None or watcher.stdout is None:
        raise RuntimeError("The process that searches has no pipes.")
    watcher.stdin.write(f"{word}\n")
    watcher.stdin.flush()
    reply = watcher.stdout.readline()
    if not reply.strip():
        raise RuntimeError(f"The article was not found within {TIMEOUT} seconds.")
    return float(reply)


def _watch() -> None:
    """For each word on stdin, write the time when it is found, or an empty line."""
    from search import searcher
    from search.query import Level, Term
    from search.request import SearchRequest

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in iter(sys.stdin.readline, ""):
        word = line.strip()
        request = SearchRequest(text=word, query=Term(word, Level.EXACT))
        deadline = time.monotonic() + TIMEOUT
        while not searcher.count_articles(request) and time.monotonic() < deadline:
            time.sleep(POLL)
        found = time.monotonic()
        sys.stdout.write(f"{found}\n" if found < deadline else "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
