"""How long a saved article waits until a search in another process finds it.

    SIJILL_DATA_DIR=FOLDER python -m benchmarks.site.freshness [--json OUT]

The site is served by gunicorn with its indexer, clients search it without a pause, and
this process saves articles, one after the other, each with a word that nobody else
has. A third process asks the engine for the word again and again and says when it is
found. The articles are taken out again at the end. Public: `main`, `Freshness`.
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
# Articles whose titles the clients search for words of.
TITLES: Final = 200
WORD_LENGTH: Final = 9
# Seconds between two looks, between two articles, and for a look at most.
LOOK: Final = 0.002
REST: Final = 0.3
PATIENCE: Final = 60
MEDIAN, HIGH = 0.5, 0.95


@dataclass(slots=True)
class Freshness:
    """Milliseconds from before ``save()`` until an article was found, and until saved.

    ``pages`` counts what the clients were answered meanwhile, in so many ``seconds``.
    """

    waits: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    pages: int = 0
    seconds: float = 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure as the command line says, or watch for another process that does."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=DEFAULT_ARTICLES)
    parser.add_argument("--clients", type=int, default=DEFAULT_CLIENTS)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--json", type=Path, metavar="OUT")
    parser.add_argument("--watch", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Limits are for strangers who ask too much.
    os.environ |= {"RATE_SEARCH": "off", "ALLOWED_HOSTS": "127.0.0.1"}
    import django

    django.setup()
    if options.watch:
        _watch()
        return
    try:
        found = _measure(options.articles, options.clients, options.seed)
    except (OSError, RuntimeError) as error:
        raise SystemExit(str(error)) from error
    sys.stdout.write("\n".join(_render(found)) + "\n")
    if options.json:
        options.json.write_text(json.dumps(asdict(found), indent=1) + "\n", "utf-8")


def _render(found: Freshness) -> Iterator[str]:
    named = (("found after", found.waits), ("save() returned after", found.saves))
    for title, times in named:
        yield (
            f"{title}: median {percentile(times, MEDIAN):.0f} ms, "
            f"p95 {percentile(times, HIGH):.0f} ms, of {len(times)} articles"
        )
    yield f"{found.pages / found.seconds:.1f} pages a second were answered meanwhile"


def _measure(articles: int, clients: int, seed: int) -> Freshness:
    """What saving so many articles took. Raises RuntimeError where one is not found."""
    from django.conf import settings

    from archive.models import Article, Source

    rng = random.Random(seed)  # noqa: S311 - chance, not secrecy
    paths = _draw_paths(rng)
    source = Source.objects.order_by("pk").first()
    if source is None or not paths:
        raise RuntimeError("The archive is empty. Import some articles first.")
    found, saved = Freshness(), list[int]()
    log = Path(settings.DATA_DIR) / "freshness.log"
    with (
        serving(Path(settings.DATA_DIR), log) as served,
        _watching() as watcher,
        _searching(served.address, paths, clients, found),
    ):
        try:
            for _ in range(articles):
                word = "".join(rng.choices(LETTERS, k=WORD_LENGTH))
                article = Article(title=word, body=f"{word}\n\nنص", source=source)
                started = time.monotonic()
                article.save()
                found.saves.append((time.monotonic() - started) * MILLISECONDS)
                saved.append(article.pk)
                found.waits.append((_ask(watcher, word) - started) * MILLISECONDS)
                time.sleep(REST)
        finally:
            Article.objects.filter(pk__in=saved).delete()
    return found


def _draw_paths(rng: random.Random) -> list[str]:
    """Results pages of words in titles, drawn from all over the archive."""
    from archive.models import Article

    published = Article.objects.published().order_by("pk")
    numbers = list(published.values_list("pk", flat=True))
    drawn = rng.sample(numbers, min(TITLES, len(numbers)))
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
    """Whether *word* can be searched for; one that joins others cannot, as او."""
    from search.errors import QuerySyntaxError
    from search.query import parse

    try:
        parse(word)
    except QuerySyntaxError:
        return False
    return True


@contextmanager
def _searching(
    site: str, paths: Sequence[str], clients: int, found: Freshness
) -> Iterator[None]:
    """So many clients ask for *paths*, each from another one on, until the end.

    *found* is told how much they were answered. Raises OSError where they were refused.
    """
    ended, refused = threading.Event(), list[OSError]()

    def search(first: int) -> None:
        for path in itertools.cycle([*paths[first:], *paths[:first]]):
            if ended.is_set():
                return
            try:
                with urllib.request.urlopen(site + path, timeout=PATIENCE) as page:  # noqa: S310
                    page.read()
            except OSError as error:
                refused.append(error)
                return
            found.pages += 1

    step = max(1, len(paths) // max(1, clients))
    threads = [
        threading.Thread(target=search, args=(at * step,)) for at in range(clients)
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
        found.seconds = time.monotonic() - started
    if refused:
        raise refused[0]


@contextmanager
def _watching() -> Iterator[subprocess.Popen[str]]:
    """The process that looks for words, once it is ready."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.site.freshness", "--watch"],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        # Leaving closes its input, upon which it ends by itself.
        if process.stdout is None or not process.stdout.readline():
            raise RuntimeError("The process that searches did not start.")
        yield process


def _ask(watcher: subprocess.Popen[str], word: str) -> float:
    """When *word* was found, on the clock that all processes share."""
    if watcher.stdin is None or watcher.stdout is None:
        raise RuntimeError("The process that searches cannot be asked.")
    watcher.stdin.write(f"{word}\n")
    watcher.stdin.flush()
    said = watcher.stdout.readline()
    if not said.strip():
        raise RuntimeError(f"The article was not found within {PATIENCE} seconds.")
    return float(said)


def _watch() -> None:
    """Say that it is ready, and then of each word when it is found."""
    from search import searcher
    from search.query import Level, Term
    from search.request import SearchRequest

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in iter(sys.stdin.readline, ""):
        word = line.strip()
        request = SearchRequest(text=word, query=Term(word, Level.EXACT))
        deadline = time.monotonic() + PATIENCE
        while not searcher.count_articles(request) and time.monotonic() < deadline:
            time.sleep(LOOK)
        found = time.monotonic()
        sys.stdout.write(f"{found}\n" if found < deadline else "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
