"""The command-line options of every import command."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from archive.importing.readers import ENCODINGS, Format


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The options of a run; see the help of each in `add_import_options`."""

    file: Path
    format: Format | None = None
    maps: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    mapping: Path | None = None
    saved: str = ""
    save_as: str = ""
    separator: str = ""
    encoding: str | None = None
    base_address: str = ""
    only_new: bool = False
    overwrite: bool = False
    dry_run: bool = False
    report: Path | None = None
    as_json: bool = False
    verbosity: int = 1

    @classmethod
    def read(cls, options: Mapping[str, Any]) -> Self:
        """The options from the dictionary that Django passes to a command."""
        return cls(
            file=Path(options["file"]),
            format=Format(options["format"]) if options["format"] else None,
            maps=tuple(options["map"]),
            sets=tuple(options["set"]),
            mapping=options["mapping"] and Path(options["mapping"]),
            saved=options["saved"],
            save_as=options["save_as"],
            separator=options["separator"],
            encoding=options["encoding"] or None,
            base_address=options["base_url"],
            only_new=options["only_new"],
            overwrite=options["overwrite"],
            dry_run=options["dry_run"],
            report=options["report"] and Path(options["report"]),
            as_json=options["json"],
            verbosity=options["verbosity"],
        )


def add_import_options(parser: CommandParser) -> None:
    """Add the options to the parser of a command."""
    add = parser.add_argument
    add(
        "file",
        type=Path,
        help=_(
            "JSON, CSV, a spreadsheet (.xlsx, .ods), RIS, BibTeX, RSS, TEI, MODS,"
            " MARCXML, or a folder or zip archive of pages"
        ),
    )
    add(
        "--format",
        choices=[format.value for format in Format],
        help=_("the format, where the file's name does not tell it"),
    )
    _add_mapping_options(parser)
    add(
        "--encoding",
        default="",
        choices=["", *ENCODINGS],
        help=_("the encoding of the file, where it is neither UTF-8 nor UTF-16"),
    )
    add(
        "--base-url",
        default="",
        metavar="URL",
        help=_("the site that completes addresses such as /news/12"),
    )
    _add_writing_options(parser)
    add(
        "--report",
        type=Path,
        help=_("write each refused record and each remark here (.csv or .jsonl)"),
    )
    add("--json", action="store_true", help=_("print the summary as JSON"))


def _add_mapping_options(parser: CommandParser) -> None:
    add = parser.add_argument
    add(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help=_(
            "take a field from another column; a,b: the first that is filled;"
            " a+b: both together; a.b: b inside the object a. Repeatable"
        ),
    )
    add(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help=_("give every record this value, whatever it has. Repeatable"),
    )
    add("--mapping", type=Path, help=_("a JSON file of fields and their columns"))
    add(
        "--saved",
        default="",
        metavar="NAME",
        help=_(
            "take the choices that were saved under this name, here or in the admin"
        ),
    )
    add(
        "--save-as",
        default="",
        metavar="NAME",
        help=_("save the choices of this run under a name, when the file was read"),
    )
    add(
        "--separator",
        default="",
        help=_("what separates the items of a CSV cell (default: ; or ؛)"),
    )


def _add_writing_options(parser: CommandParser) -> None:
    add = parser.add_argument
    add("--only-new", action="store_true", help=_("leave existing rows as they are"))
    add(
        "--overwrite",
        action="store_true",
        help=_("let the file overwrite what a person has edited"),
    )
    add("--dry-run", action="store_true", help=_("do everything, keep nothing"))
