"""How long searches of the installed archive take.

    python benchmarks/site/searches.py نفط "مجلس الوزراء"

Each query is run as the results page runs it, facets, calendar and snippets
included, and then by the engine alone; the medians are printed in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MILLISECONDS = 1000
DEFAULT_RUNS = 9


def time_median(action: Callable[[], object], runs: int) -> float:
    """The median milliseconds of *action*, after one run that does not count."""
    action()
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds) * MILLISECONDS


def main() -> None:
    """Time the queries of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", nargs="+", metavar="QUERY")
    parser.add_argument("--runs", type=int, default=DEFAULT_RUNS)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from search import searcher
    from search.query import parse
    from search.request import SearchRequest
    from search.results.facets import FacetRows

    sys.stdout.write(f"{'hits':>9} {'page ms':>9} {'engine ms':>9}  query\n")
    for text in options.queries:
        request = SearchRequest(text=text, query=parse(text))
        page = time_median(partial(searcher.run, request, language="ar"), options.runs)
        engine = time_median(
            partial(searcher.ask_engine, request, FacetRows(request)), options.runs
        )
        total = searcher.count_articles(request)
        sys.stdout.write(f"{total:9} {page:9.1f} {engine:9.1f}  {text}\n")


if __name__ == "__main__":
    main()
