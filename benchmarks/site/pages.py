"""Times of results pages of an archive, and of their parts.

    SIJILL_DATA_DIR=FOLDER .venv/bin/python -m benchmarks.site.pages [--json OUT]

Questions are drawn from the words of the archive. Their pages, in Arabic, with facets,
calendar and snippets, are first measured part by part in one process, then requested
from gunicorn by concurrent clients.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.site.load import Load, load
from benchmarks.site.serving import serving

if TYPE_CHECKING:
    from benchmarks.site.page_parts import Parts

DEFAULT_QUESTIONS: Final = 40
DEFAULT_SECONDS: Final = 30
DEFAULT_SEED: Final = 20260101
# Concurrent clients of each run.
CLIENTS: Final = (1, 8)
MOST_QUERIES: Final = 12
# The row of a page that searches nothing.
PLAIN: Final = "page without a search"
# The rows of articles that were opened without a search, and from one.
ARTICLE: Final = "article"
FOUND: Final = "article from a search"
RESULTS: Final = "results"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site.pages",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--questions", type=int, default=DEFAULT_QUESTIONS)
    parser.add_argument("--seconds", type=int, default=DEFAULT_SECONDS)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--json", type=Path, metavar="OUT")
    options = parser.parse_args(arguments)
    try:
        _run(options)
    except (OSError, RuntimeError, ValueError) as error:
        raise SystemExit(str(error)) from error


def _run(options: argparse.Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Rate limits would refuse the load.
    os.environ |= {"RATE_SEARCH": "off", "ALLOWED_HOSTS": "127.0.0.1,testserver"}
    import django

    django.setup()
    from django.conf import settings

    from benchmarks.site.addresses import (
        draw_addresses,
        draw_articles,
        list_found,
        plain_address,
    )
    from benchmarks.site.page_parts import measure_parts

    by_kind = draw_addresses(count=options.questions, seed=options.seed)
    parts = {kind: measure_parts(paths) for kind, paths in by_kind.items()}
    parts[PLAIN] = measure_parts([plain_address()] * options.questions)
    articles = draw_articles(count=options.questions, seed=options.seed)
    parts[ARTICLE] = measure_parts(articles)
    paths = [path for of_kind in by_kind.values() for path in of_kind]
    parts[FOUND] = measure_parts(list_found(paths)[: options.questions])
    random.Random(options.seed).shuffle(paths)  # noqa: S311 - no secret
    kinds = {RESULTS: paths, PLAIN: [plain_address()]}
    loads = _measure_loads(Path(settings.DATA_DIR), kinds, options.seconds)
    sys.stdout.write("\n".join(_render(loads, parts)) + "\n")
    if options.json:
        figures = {
            "loads": [{"pages": kind, **asdict(one)} for kind, one in loads],
            "parts": {kind: asdict(one) for kind, one in parts.items()},
        }
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def _measure_loads(
    data_dir: Path, kinds: Mapping[str, Sequence[str]], seconds: int
) -> list[tuple[str, Load]]:
    """Each kind of pages requested by each number of clients, of one server."""
    with serving(data_dir, data_dir / "pages.log") as served:
        # Not counted: warms both workers.
        load(served.address, kinds[RESULTS], clients=max(CLIENTS), seconds=seconds)
        return [
            (kind, load(served.address, paths, clients=clients, seconds=seconds))
            for kind, paths in kinds.items()
            for clients in CLIENTS
        ]


def _render(
    loads: Sequence[tuple[str, Load]], parts: dict[str, Parts]
) -> Iterator[str]:
    yield "| pages | clients | p50 ms | p95 ms | pages a second | failed |"
    yield "|---|---|---|---|---|---|"
    for kind, one in loads:
        yield (
            f"| {kind} | {one.clients} | {one.p50:.0f} | {one.p95:.0f} "
            f"| {one.pages_a_second:.1f} | {one.failed} |"
        )
    yield ""
    p95 = {(kind, one.clients): one.p95 for kind, one in loads}
    for clients in CLIENTS:
        ratio = p95[RESULTS, clients] / p95[PLAIN, clients]
        yield f"{clients} at once: the 95th percentile is {ratio:.1f} times as long."
    yield ""
    yield from _render_parts(parts)


def _render_parts(parts: dict[str, Parts]) -> Iterator[str]:
    names = dict.fromkeys(name for one in parts.values() for name in one.milliseconds)
    yield f"| CPU ms a page | {' | '.join(names)} | all | queries |"
    yield "|---" * (len(names) + 3) + "|"
    for kind, one in parts.items():
        cells = [f"{one.milliseconds.get(name, 0):.1f}" for name in names]
        total = sum(one.milliseconds.values())
        yield f"| {kind} | {' | '.join(cells)} | {total:.1f} | {one.most_queries} |"
    totals = {kind: sum(one.milliseconds.values()) for kind, one in parts.items()}
    plain, article = totals.pop(PLAIN), totals.pop(ARTICLE)
    from_search = totals.pop(FOUND)
    results = list(totals.values())
    yield ""
    yield (
        f"A results page takes {sum(results) / len(results) / plain:.1f} times the"
        " processor time of a page without a search, the dearest kind"
        f" {max(results) / plain:.1f} times; an article {article / plain:.1f} times,"
        f" one opened from a search {from_search / plain:.1f} times."
    )
    most = max(one.most_queries for one in parts.values())
    verdict = "no more" if most <= MOST_QUERIES else "MORE"
    yield ""
    yield f"At most {most} database queries a page, {verdict} than {MOST_QUERIES}."


if __name__ == "__main__":
    main()
