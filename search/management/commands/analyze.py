"""``manage.py analyze TEXT``: the tokens of a text, as the analyzer finds them."""

import json
import sys
from dataclasses import dataclass
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.help_format import ExampleCommand
from search.arabic.analyzer import Token
from search.arabic.diacritics import analyze_diacritics
from search.arabic.families import base_of, family, telling_form, vowels_of
from search.errors import IndexUnavailable

STDIN: Final = "-"
CANNOT_RUN: Final = 2

EXAMPLES: Final = gettext_lazy(
    "Examples:\n"
    "  manage.py analyze 'وبالكِتابِ، ١٩٤٨'\n"
    "  manage.py analyze --json 'المدرسات' | jq -r '.[].lemmas[]'\n"
    "  manage.py analyze - < article.txt\n"
    "After the names of the columns each line is a token: its offsets in characters of"
    " the text, the word as printed, the surface form that the index holds, with the"
    " vowel marks that count at the exact level, the lemmas that it may be of, the"
    " likeliest first, and their roots."
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of output; ``marked`` is the diacritized form, ``""`` if there is none."""

    start: int
    end: int
    word: str
    surface: str
    marked: str
    lemmas: tuple[str, ...]
    roots: tuple[str, ...]

    @classmethod
    def of(cls, token: Token, diacritized: str, text: str) -> "_Row":
        """The row of a *token* of *text*, with its diacritized form."""
        form = telling_form(token.printed)
        return cls(
            start=token.start,
            end=token.end,
            word=text[token.start : token.end],
            surface=token.surface,
            marked=diacritized,
            lemmas=vowels_of(form),
            roots=tuple(dict.fromkeys(map(base_of, family(form).roots))),
        )

    def as_dict(self) -> dict[str, object]:
        """The row with the keys of ``--json``."""
        return {name: getattr(self, name) for name in self.__slots__}


def _list_rows(text: str) -> list[_Row]:
    try:
        return [_Row.of(token, form, text) for token, form in analyze_diacritics(text)]
    except IndexUnavailable as error:
        raise CommandError(str(error), returncode=CANNOT_RUN) from error


class Command(ExampleCommand):
    examples = EXAMPLES
    help = gettext_lazy(  # type: ignore[assignment]
        "Show how a text is analyzed: its words with their offsets, surface forms,"
        " lemmas and roots. Needs neither the database nor the index."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "text", help=_("the text to analyze; - reads it from standard input")
        )
        parser.add_argument(
            "--json", action="store_true", help=_("print one JSON array of tokens")
        )

    def handle(self, *args: object, **options: Any) -> None:
        text = options["text"]
        if text == STDIN:
            text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
        rows = _list_rows(text)
        if options["json"]:
            tokens = [row.as_dict() for row in rows]
            self.stdout.write(json.dumps(tokens, ensure_ascii=False, indent=2))
            return
        if not rows:
            self.stderr.write(_("The text holds no word."))
            return
        self.stdout.write("\t".join(("offsets", "word", "form", "lemmas", "roots")))
        for row in rows:
            span = f"{row.start}–{row.end}"
            form = row.marked or row.surface
            lemmas, roots = " ".join(row.lemmas), " ".join(row.roots)
            self.stdout.write("\t".join((span, row.word, form, lemmas, roots)))
