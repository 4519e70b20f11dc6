"""Times of searches of the installed archive.

    .venv/bin/python -m benchmarks.site.searches نفط "مجلس الوزراء"

Each query is run as for a results page without its template, with facets, calendar and
snippets, and then by the engine alone. Medians are printed in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from benchmarks.measuring import timed

DEFAULT_RUNS: Final = 9


def time_median(action: Callable[[], object], runs: int) -> float:
    """The median milliseconds of *action*, warm: after one run that is not timed."""
    action()
    return statistics.median(timed(action)[1] for _ in range(runs))


def main(arguments: Sequence[str] | None = None) -> None:
    """Time the queries of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site.searches",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("queries", nargs="+", metavar="QUERY")
    parser.add_argument("--runs", type=int, default=DEFAULT_RUNS)
    options = parser.parse_args(arguments)
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
