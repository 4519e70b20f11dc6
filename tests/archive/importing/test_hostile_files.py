"""Hostile files, imported by the real command in a process each.

The peak memory of the process is measured; time has a limit far above what an import
takes and far below what such a file would take without bounds.
"""

import gzip
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sources import BASE_DIR

pytestmark = pytest.mark.slow

MEBIBYTE = 1024 * 1024
# The command itself, with Django and NumPy, takes some 80 MiB.
MAX_MEMORY = 600 * MEBIBYTE
PATIENCE = 120
REFUSED, CANNOT_RUN = 1, 2
GOOD = '{"title": "دجلة", "body": "نهر", "source": "اليومية"}\n'.encode()
TITLE = '{"source": "ي", "title": "ب'.encode()
BODY = b'{"title": "x", "source": "y", "body": '
AUTHORS = b'{"title": "x", "source": "y", "authors": ["a"'
DATE = b'{"title": "x", "source": "y", "published": "'
ADDRESS = b'{"title": "x", "source": "y", "url": "https://'
HEADING = b"title,body,source\n"
BLANK = b" " * 1023 + b"\n"
PLAIN = b"a" * 1023 + b"\n"
MARKS = "ًَِّ".encode()
APART = MARKS * 20 + "\u200f".encode()

# Sets Django up once, then runs each command that it is told in a child of its own,
# which prints the most memory it took, in bytes.
_FORKING = """
import json, os, resource, sys, traceback
from importlib import import_module
import django
from django.core.management import execute_from_command_line

def run(arguments):
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    status = 1
    try:
        execute_from_command_line(["manage.py", *arguments])
        status = 0
    except SystemExit as error:
        status = error.code
    except BaseException:
        traceback.print_exc()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT
    # Linux counts the memory of the parent at the fork into that; not in its files.
    if os.path.exists("/proc/self/status"):
        with open("/proc/self/status") as file:
            [peak] = [int(x.split()[1]) * 1024 for x in file if x[:6] == "VmHWM:"]
    print("PEAK", peak, flush=True)
    return status

django.setup()
import_module("archive.management.commands.import_articles")
for line in sys.stdin:
    arguments, out, err = json.loads(line)
    child = os.fork()
    if child == 0:
        for path, number in ((out, 1), (err, 2)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        os._exit(run(arguments))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
# Linux counts kibibytes, macOS bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Done:
    """The result of an import."""

    status: int
    said: str
    peak: int
    problems: str


Manage = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def manage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Manage]:
    """A function that runs a command of an empty archive."""
    folder = tmp_path_factory.mktemp("archive")
    out, err = folder / "out", folder / "err"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    code = _FORKING.replace("SECONDS", str(PATIENCE)).replace("UNIT", str(_UNIT))
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "k" * 50,
            "SIJILL_DATA_DIR": str(folder),
            "SIJILL_LEXICON": os.environ["SIJILL_LEXICON"],
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdin and parent.stdout
    orders, statuses = parent.stdin, parent.stdout

    def manage(*arguments: str) -> "subprocess.CompletedProcess[str]":
        orders.write(json.dumps([arguments, str(out), str(err)]) + "\n")
        orders.flush()
        status = int(statuses.readline())
        return subprocess.CompletedProcess(
            arguments, status, out.read_text("utf-8"), err.read_text("utf-8")
        )

    done = manage("migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    yield manage
    parent.communicate()


@pytest.fixture
def feed(manage: Manage, tmp_path: Path) -> Callable[[str, Iterator[bytes]], Done]:
    """A function that imports a file of the given name and parts."""

    def feed(name: str, pieces: Iterator[bytes]) -> Done:
        path = tmp_path / name
        opened = gzip.open if name.endswith(".gz") else open
        with opened(path, "wb") as file:
            for piece in pieces:
                file.write(piece)
        report = tmp_path / "report.csv"
        done = manage(
            "import_articles", str(path), "--dry-run", "--report", str(report)
        )
        said = done.stdout + done.stderr
        assert "Traceback" not in said, said[-2000:]
        peak = int(done.stdout.rpartition("PEAK ")[2])
        problems = report.read_text("utf-8") if report.exists() else ""
        return Done(done.returncode, said, peak, problems)

    return feed


def _long(begin: bytes, piece: bytes, size: int, end: bytes) -> Iterator[bytes]:
    """*begin*, then *piece* repeated up to *size* bytes, then *end*."""
    yield begin
    if size:
        many = piece * (MEBIBYTE // len(piece))
        for _ in range(size // len(many)):
            yield many
    yield end


# Name of the file, its parts with the size of the middle one in MiB, and the code of
# the problem in the report.
LINES = {
    "a line of 200 MiB": ("a.jsonl", b'{"body": "', b"a", 200, b'"}\n', "too_long"),
    "a gzip bomb": ("a.jsonl.gz", b'{"a": "', b"a", 200, b'"}\n', "unpacks_too_far"),
    "a gzip bomb of blank lines": (
        "a.jsonl.gz",
        b"",
        BLANK,
        80,
        b"",
        "unpacks_too_far",
    ),
    "brackets in brackets": ("a.jsonl", BODY, b"[", 30, b"\n", "too_many_values"),
    "fewer brackets": ("a.jsonl", BODY + b"[" * 90_000, b"", 0, b"\n", "too_deep"),
    "objects in objects": (
        "a.jsonl",
        BODY + b'{"a":' * 90_000,
        b"",
        0,
        b"\n",
        "too_deep",
    ),
    "many small lists": (
        "a.jsonl",
        BODY + b"[[]",
        b",[]",
        30,
        b"]}\n",
        "too_many_values",
    ),
    "the most small lists": (
        "a.jsonl",
        BODY + b"[[]" + b",[]" * 499_000,
        b"",
        0,
        b"]}\n",
        "wrong_type",
    ),
    "many short texts": ("a.jsonl", AUTHORS, b',"ab"', 30, b"]}\n", "too_many_values"),
    "a long list": (
        "a.jsonl",
        AUTHORS + b',"ab"' * 99_999,
        b"",
        0,
        b"]}\n",
        "too_many_items",
    ),
    "a number of many digits": ("a.jsonl", BODY, b"9", 30, b"}\n", "not_json"),
    "a power of ten": ("a.jsonl", BODY + b"[", b"1e999999,", 4, b"1]}\n", "wrong_type"),
    "nothing but NUL": ("a.jsonl", b"{", b"\0", 30, b"\n", "not_json"),
    "NUL in a text": (
        "a.jsonl",
        BODY + b'"',
        b"\\u0000",
        4,
        b'"}\n',
        "controls_removed",
    ),
    "half letters": ("a.jsonl", GOOD + BODY + b'"', b"\xd9", 30, b'"}\n', "not_utf8"),
    "marks on one letter": (
        "a.jsonl",
        BODY + '"ب'.encode(),
        MARKS,
        8,
        b'"}\n',
        "marks_removed",
    ),
    "marks kept apart": ("a.jsonl", TITLE, APART, 2, b'"}\n', ""),
    "a long date": ("a.jsonl", DATE, b"1", 4, b'"}\n', "date_kept_as_printed"),
    "a date of words": (
        "a.jsonl",
        DATE,
        "شباط ".encode(),
        1,
        b'"}\n',
        "date_kept_as_printed",
    ),
    "an address": ("a.jsonl", ADDRESS, b"a.", 8, b'"}\n', "url_too_long"),
    "a quotation mark too many": (
        "a.csv",
        HEADING + b'a,"',
        PLAIN,
        60,
        b"",
        "row_too_long",
    ),
    "one in each line": ("a.csv", HEADING, b'a","\n', 2, b"", "rows_endless"),
    "many cells": ("a.csv", HEADING, b"ab,", 30, b"\n", "too_many_values"),
    "NUL in cells": ("a.csv", HEADING + b"a,", b"\0", 4, b",c\n", "controls_removed"),
}


class TestRecords:
    @pytest.mark.parametrize("case", LINES)
    def test_file_is_refused_or_corrected_in_bounded_memory(
        self, feed: Callable[[str, Iterator[bytes]], Done], case: str
    ) -> None:
        name, begin, piece, size, end, reason = LINES[case]
        done = feed(name, _long(begin, piece, size * MEBIBYTE, end))
        assert reason in done.problems, (done.said[-1000:], done.problems[:500])
        assert done.status in (0, REFUSED)
        assert done.peak < MAX_MEMORY

    def test_records_around_it_are_imported(
        self, feed: Callable[[str, Iterator[bytes]], Done]
    ) -> None:
        pieces = [GOOD, b"[" * 10_000, b"\n", b"\xff\n", BODY + b'"z"}\n']
        done = feed("a.jsonl", iter(pieces))
        assert done.status == REFUSED
        assert [row.split(",")[0] for row in done.problems.splitlines()[1:]] == [
            "2",
            "3",
        ]


def _xlsx_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * (20 * MEBIBYTE))


def _laughs(path: Path) -> None:
    lines = ['<?xml version="1.0"?>', "<!DOCTYPE lolz [", '<!ENTITY l0 "lol">']
    lines += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)]
    path.write_text("\n".join([*lines, "]>", "<lolz>&l11;</lolz>"]))


def _external(path: Path) -> None:
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<a>&x;</a>"
    )


def _gzipped_twice(path: Path) -> None:
    path.write_bytes(gzip.compress(gzip.compress(b"\n" * MEBIBYTE)))


FOREIGN: dict[str, Callable[[Path], None]] = {
    "articles.xlsx": _xlsx_bomb,
    "articles.xml": _laughs,
    "articles.jsonl": _external,
    "articles.csv.gz": _gzipped_twice,
    "articles.pdf": lambda path: path.write_bytes(b"%PDF-1.7\n"),
    "utf-16.csv": lambda path: path.write_text("title,body", "utf-16"),
    "windows.csv": lambda path: path.write_text("العنوان,النص\n", "windows-1256"),
    "wide.csv": lambda path: path.write_text("a," * 100_000),
    "list.jsonl": lambda path: path.write_text("[" * 100_000),
}


class TestFormats:
    @pytest.mark.parametrize("name", FOREIGN)
    def test_other_format_is_named_and_not_opened(
        self, manage: Manage, tmp_path: Path, name: str
    ) -> None:
        FOREIGN[name](tmp_path / name)
        done = manage("import_articles", str(tmp_path / name))
        assert done.returncode == CANNOT_RUN
        assert "Traceback" not in done.stderr
        assert name in done.stderr
        assert "root:" not in done.stdout + done.stderr
        assert int(done.stdout.rpartition("PEAK ")[2]) < 200 * MEBIBYTE

    def test_deeply_nested_mapping_is_refused(
        self, manage: Manage, tmp_path: Path
    ) -> None:
        (tmp_path / "a.jsonl").write_bytes(GOOD)
        mapping = tmp_path / "mapping.json"
        mapping.write_text("[" * 100_000)
        done = manage(
            "import_articles", str(tmp_path / "a.jsonl"), "--mapping", str(mapping)
        )
        assert done.returncode == CANNOT_RUN
        assert "mapping.json" in done.stderr
        assert "Traceback" not in done.stderr
