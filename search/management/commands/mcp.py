"""``manage.py mcp``: the archive for assistants, by the Model Context Protocol."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.help_format import ExampleCommand

EXTRA: Final = "requirements-mcp.lock"
EXAMPLES: Final = gettext_lazy(
    "It speaks on standard input and output, as an assistant on this machine starts it."
    " Its configuration names the command and its arguments:\n"
    '  {"command": "python3", "args": ["/path/to/sijill/start.py", "manage", "mcp"]}\n'
    "Needed once: .venv/bin/pip install -r requirements-mcp.lock"
)


class Command(ExampleCommand):
    examples = EXAMPLES
    help = gettext_lazy(  # type: ignore[assignment]
        "Serve the archive to an assistant, read-only: search, article, actor,"
        " coverage and check_quotation. Texts are given word for word with their"
        " offsets; what is not published is refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help=_("of names, dates and messages (default: %(default)s)"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if find_spec("mcp") is None:
            sentence = _("The package mcp is missing. Run: .venv/bin/pip install -r %s")
            raise CommandError(sentence % EXTRA)
        # Imported here, because it needs that package.
        server = import_module("search.mcp.server")
        server.build_server(language=options["language"]).run("stdio")
