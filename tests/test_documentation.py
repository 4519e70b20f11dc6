"""What the documents say exists: files they link to, commands and options they show."""

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from config.bootstrap import run
from tests.sources import BASE_DIR

DOCUMENTS = sorted(
    path.relative_to(BASE_DIR).as_posix()
    for path in [
        *BASE_DIR.glob("*.md"),
        *(BASE_DIR / "docs").rglob("*.md"),
        *(BASE_DIR / "benchmarks").rglob("*.md"),
    ]
)
READMES = ["README.md", "README.ar.md"]

# "[text](target)", "![text](target)", but no address of another site
_LINK_RE = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
# "python3 start.py manage search 'صحافة' --json", in a block or between backquotes
_MANAGE_RE = re.compile(r"python3 start\.py manage ([a-z_]+)([^`\n]*)")
# ".venv/bin/python -m benchmarks.site.soak --minutes 30"
_MODULE_RE = re.compile(r"python -m ((?:benchmarks|tests)[\w.]*)")
_START_RE = re.compile(r"python3 start\.py((?: (?:setup|--[a-z-]+(?: [\w.]+)?))*)")
# "| a facet | 3 | a row in `search/fields.py`, … |"
_ADDING_RE = re.compile(r"^\| ([^|]+) \| (\d) \| ([^|]+) \|$", re.MULTILINE)
_HEADING_RE = re.compile(r"^#{1,6} ", re.MULTILINE)
_CODE_RE = re.compile(r"^ *```\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def _text(document: str) -> str:
    return (BASE_DIR / document).read_text("utf-8")


def _command(name: str) -> BaseCommand:
    command = load_command_class(get_commands()[name], name)
    assert isinstance(command, BaseCommand)
    return command


@pytest.mark.parametrize("document", DOCUMENTS)
class TestDocuments:
    def test_what_it_links_to_is_there(self, document: str) -> None:
        folder = (BASE_DIR / document).parent
        dead = [
            target
            for target in _LINK_RE.findall(_text(document))
            if not Path(folder, target).exists()
        ]
        assert dead == []

    def test_the_commands_it_shows_are_understood(self, document: str) -> None:
        for name, rest in _MANAGE_RE.findall(_text(document)):
            arguments = shlex.split(rest, comments=True)
            parser = _command(name).create_parser("manage.py", name)
            if arguments:
                # Ends the test with argparse's own words where an option is unknown.
                parser.parse_args(arguments)

    def test_the_modules_it_runs_exist(self, document: str) -> None:
        names = _MODULE_RE.findall(_text(document))
        assert [name for name in names if find_spec(name) is None] == []

    def test_the_options_of_start_it_shows_are_understood(self, document: str) -> None:
        for arguments in _START_RE.findall(_text(document)):
            assert run._parse(shlex.split(arguments))


class TestContributing:
    def test_adding_takes_as_many_places_as_it_says(self) -> None:
        rows = _ADDING_RE.findall(_text("CONTRIBUTING.md"))
        assert len(rows) > 5
        for what, number, where in rows:
            # "`ANALYZER_VERSION`" is no place
            places = [
                name
                for name in re.findall(r"`(.+?)`", where)
                if "." in name or "/" in name
            ]
            assert len(places) == int(number), what
            assert [name for name in places if not (BASE_DIR / name).exists()] == []


class TestReadmes:
    def test_both_have_the_same_sections(self) -> None:
        english, arabic = (len(_HEADING_RE.findall(_text(name))) for name in READMES)
        assert english == arabic

    def test_both_show_the_same_commands(self) -> None:
        shown = [
            [
                shlex.split(line, comments=True)
                for block in _CODE_RE.findall(_text(name))
                for line in block.splitlines()
            ]
            for name in READMES
        ]
        assert shown[0]
        assert shown[0] == shown[1]
