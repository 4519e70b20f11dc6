r"""Times of Datasette's page over the same articles, for comparison.

    python3 -m venv other && other/bin/pip install datasette==0.65.5
    SIJILL_DATA_DIR=FOLDER .venv/bin/python -m benchmarks.site.datasette \
        --program other/bin/datasette

The published articles of the archive are copied into a database of SQLite with an FTS5
index of title and text. One client asks Datasette for its page of a search, with 20
rows and the numbers of articles by source, as `benchmarks.site.pages` asks the site.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from benchmarks.site.load import load
from benchmarks.site.serving import HOST, find_port

DEFAULT_SECONDS: Final = 20
DEFAULT_WORDS: Final = ("السعودية", "الرياض", "جامعة", "الصحة", "المياه", "اقتصاد")
# Milliseconds that a search and a facet may take: those of its defaults are too few.
_LIMIT: Final = 30_000
_SCHEMA: Final = """
    CREATE TABLE articles (id INTEGER PRIMARY KEY, title, body, source, published);
    CREATE VIRTUAL TABLE articles_fts
        USING fts5 (title, body, content='articles', content_rowid='id');
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the comparison of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site.datasette",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="*", default=DEFAULT_WORDS, metavar="WORD")
    parser.add_argument("--program", default="datasette", metavar="PATH")
    parser.add_argument("--seconds", type=int, default=DEFAULT_SECONDS)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    with tempfile.TemporaryDirectory(prefix="sijill-datasette-") as folder:
        database = Path(folder) / "articles.db"
        _copy_archive(database)
        try:
            _measure(options.program, database, options.words, options.seconds)
        except (OSError, RuntimeError) as error:
            raise SystemExit(str(error)) from error


def _copy_archive(database: Path) -> None:
    from archive.models import Article

    columns = ("pk", "title", "body", "source__name_ar", "published_on")
    rows = Article.objects.published().order_by("pk").values_list(*columns)
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?)",
            ((*row[:4], str(row[4] or "")) for row in rows.iterator()),
        )
        connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
        connection.commit()


def _measure(program: str, database: Path, words: Sequence[str], seconds: int) -> None:
    port = find_port()
    limits = ("sql_time_limit_ms", "facet_time_limit_ms")
    settings = [each for name in limits for each in ("--setting", name, str(_LIMIT))]
    command = [program, "serve", str(database)]
    command += ["--host", HOST, "--port", str(port), *settings]
    site = f"http://{HOST}:{port}"
    paths = [
        f"/articles/articles?_search={quote(word)}&_facet=source&_size=20"
        for word in words
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - own
    try:
        _wait(process, site)
        load(site, paths, clients=1, seconds=seconds)
        found = load(site, paths, clients=1, seconds=seconds)
    finally:
        process.terminate()
        process.wait()
    sys.stdout.write(
        f"Datasette, one client: p50 {found.p50:.0f} ms, p95 {found.p95:.0f} ms,"
        f" {found.pages_a_second:.1f} pages a second, {found.failed} failed.\n"
    )


def _wait(process: subprocess.Popen[bytes], site: str) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(site).close()  # noqa: S310 - http
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("Datasette does not start. Run it by hand to see why.")


if __name__ == "__main__":
    main()
