"""`manage.py propose FILE`: what the archive proposes for a text."""

import json
import sys
from argparse import ArgumentParser
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from archive.help_format import ExampleCommand
from archive.models import MAX_BODY_LENGTH
from archive.recognition.describe import describe_proposal
from archive.recognition.propose import propose
from archive.templatetags.display import number

_EPILOG = """\
examples:
  manage.py propose statement.txt            what the form would propose, for people
  manage.py propose statement.txt --json     the same for programs, with offsets
  cat statement.txt | manage.py propose -    from the standard input

Nothing is changed. Offsets count characters (code points) from 0. An actor that is
ticked is one that the form would have ticked; ambiguous names never are. The exit code
is 0 wherever the file could be read, also where nothing is found in it.
"""


# What so many characters have at most; a longer file is not read to its end.
_MOST_BYTES: Final = 4 * MAX_BODY_LENGTH + 4


class Command(ExampleCommand):
    examples = _EPILOG
    help = (
        "Show what the archive proposes for a text file: title, byline, dates, actors "
        "that it names, unknown names, topics of similar articles, possible duplicates."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="a text in UTF-8 or UTF-16, or -"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        described = describe_proposal(propose(_read(options["file"])))
        if options["json"]:
            self.stdout.write(json.dumps(described, ensure_ascii=False, indent=1))
            return
        for line in _iter_lines(described):
            self.stdout.write(line)


def _read(name: str) -> str:
    """The text. Raises `CommandError` for one that no article could have."""
    text = _decode(name)
    values = {"file": name, "limit": number(MAX_BODY_LENGTH)}
    if not text.strip():
        raise CommandError(_("%(file)s holds no text.") % values)
    if len(text) > MAX_BODY_LENGTH:
        raise CommandError(
            _(
                "%(file)s is longer than the %(limit)s characters that an article may"
                " have. Divide it into articles first."
            )
            % values
        )
    return text


def _decode(name: str) -> str:
    try:
        if name == "-":
            return _decoded(sys.stdin.buffer.read(_MOST_BYTES + 1))
        with Path(name).open("rb") as stream:
            return _decoded(stream.read(_MOST_BYTES + 1))
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(detail)s")
            % {"file": name, "detail": error.strerror or error}
        ) from error
    except UnicodeDecodeError as error:
        raise CommandError(
            _("%(file)s is not a text in UTF-8. Convert it first, with iconv.")
            % {"file": name}
        ) from error


def _decoded(content: bytes) -> str:
    is_utf16 = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    # The last character of what is too long may be cut in two.
    errors = "ignore" if len(content) > _MOST_BYTES else "strict"
    return content.decode("utf-16" if is_utf16 else "utf-8-sig", errors)


def _iter_lines(described: dict[str, Any]) -> Iterator[str]:
    for name in ("title", "subtitle", "byline", "author", "language", "kind"):
        if described[name]:
            yield f"{name:<9} {described[name]}"
    for date in described["dates"]:
        yield f"date      {date['printed']}  →  {date['start_day'] or '?'}"
    for actor in described["actors"]:
        mark = "x" if actor["ticked"] else " "
        names = " | ".join(one["name"] for one in actor["actors"])
        passages = ", ".join(one["text"] for one in actor["passages"])
        yield f"actor [{mark}] {names} ({actor['certainty']}): {passages}"
    for unknown in described["unknown_names"]:
        yield f"unknown   {unknown['name']} ({unknown['kind']})"
    for topic in described["topics"]:
        yield f"topic     {topic['name']} ({topic['articles']}/{topic['of']})"
    for duplicate in described["duplicates"]:
        likeness, title = duplicate["likeness"], duplicate["title"]
        yield f"duplicate {duplicate['id']} {title} {likeness}"
