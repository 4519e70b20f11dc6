"""Formats that are not read, told by what a file begins with or by its name."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.importing.problems import FileUnreadable

_PLAIN_TEXT: Final = gettext_lazy("text without columns")
_MARC: Final = gettext_lazy("MARC, which is read as MARCXML alone")
_SQL: Final = gettext_lazy("a dump of a database (SQL)")
_RDF: Final = gettext_lazy("RDF")
_MAIL: Final = gettext_lazy("mail")
_FRONT_MATTER: Final = gettext_lazy("Markdown or YAML")
_HTML: Final = gettext_lazy(
    "a page or table in HTML; a folder or zip archive of pages is read, and a table can"
    " be saved as .xlsx"
)

_MAGIC_NUMBERS: Final[Mapping[bytes, Promise]] = {
    b"%PDF-": gettext_lazy("PDF"),
    b"SQLite format 3\0": gettext_lazy("a database of SQLite"),
    b"BZh": gettext_lazy("compressed by bzip2"),
    b"\xfd7zXZ\0": gettext_lazy("compressed by xz"),
    b"\x28\xb5\x2f\xfd": gettext_lazy("compressed by Zstandard"),
    b"7z\xbc\xaf\x27\x1c": gettext_lazy("a 7-Zip archive"),
    b"Rar!": gettext_lazy("a RAR archive"),
    b"\x1f\x8b": gettext_lazy("compressed twice"),
    b"PAR1": gettext_lazy("Parquet"),
    b"{\\rtf": gettext_lazy("a document (RTF)"),
    b"\x89PNG": gettext_lazy("a picture"),
    b"\xff\xd8\xff": gettext_lazy("a picture"),
    b"GIF8": gettext_lazy("a picture"),
    b"II*\0": gettext_lazy("a picture"),
    b"MM\0*": gettext_lazy("a picture"),
    b"AT&TFORM": gettext_lazy("DjVu"),
    b"######OpenITI#": gettext_lazy("OpenITI mARkdown"),
    b"BEGIN:V": gettext_lazy("a calendar or a card of addresses"),
    b"FN Clarivate": gettext_lazy("an export of Web of Science"),
    b"FN Thomson": gettext_lazy("an export of Web of Science"),
    b"<!DOCTYPE html": _HTML,
    b"<html": _HTML,
    b"<table": _HTML,
    b"<body": _HTML,
    b"<div": _HTML,
    b"<meta": _HTML,
    b"<?xml": gettext_lazy("XML"),
    b"<!DOCTYPE": gettext_lazy("XML or HTML"),
}
_PATTERNS: Final[tuple[tuple[re.Pattern[bytes], Promise], ...]] = (
    (re.compile(rb"=LDR\s"), _MARC),
    (re.compile(rb"[0-9]{5}[acdnp][a-z0-9 ]{2}"), _MARC),
    (re.compile(rb"From \S+ .*[0-9]{4}\r?\n"), _MAIL),
    (re.compile(rb"(?:Received|Return-Path|Message-ID|MIME-Version|Subject): "), _MAIL),
    (
        re.compile(
            rb"(?:--[^\n]*\n|/\*.*?\*/;?|\s)*(?:INSERT\s+INTO"
            rb"|CREATE\s+(?:TABLE|DATABASE)"
            rb"|DROP\s+TABLE|SET\s+\S+\s*=|BEGIN\s*;|PRAGMA\s|USE\s+`)",
            re.IGNORECASE | re.DOTALL,
        ),
        _SQL,
    ),
    (re.compile(rb"@(?:prefix|base)\s|PREFIX\s+\w*:\s*<"), _RDF),
    (re.compile(rb"<[a-z]+:[^>]*>\s+<[a-z]+:[^>]*>\s", re.IGNORECASE), _RDF),
    (re.compile(rb"---\s*\r?\n\w+\s*:"), _FRONT_MATTER),
    (re.compile(rb"%0 \S"), gettext_lazy("an export of EndNote; RIS is read")),
    (re.compile(rb"PMID- ?[0-9]"), gettext_lazy("an export of PubMed; RIS is read")),
    (re.compile(rb"\\documentclass|\\begin\{"), gettext_lazy("LaTeX")),
    (re.compile(rb"</?[a-z][^<>]*>", re.IGNORECASE), gettext_lazy("XML or HTML")),
)
_SUFFIXES: Final[Mapping[str, Promise]] = {
    ".sql": _SQL,
    ".ttl": _RDF,
    ".nt": _RDF,
    ".md": _FRONT_MATTER,
    ".yaml": _FRONT_MATTER,
    ".yml": _FRONT_MATTER,
    ".mrk": _MARC,
    ".mrc": _MARC,
    ".mbox": _MAIL,
    ".eml": _MAIL,
    ".docx": gettext_lazy("a document"),
    ".doc": gettext_lazy("a document"),
    ".odt": gettext_lazy("a document"),
    ".html": _HTML,
    ".htm": _HTML,
    ".bib": gettext_lazy("no BibTeX that can be read"),
    ".ris": gettext_lazy("no RIS that can be read"),
}
_NUL: Final = b"\0"


def refuse_unsupported_format(path: Path, start: bytes) -> None:
    """Raise `FileUnreadable` where the head, without blanks, begins like one."""
    for magic, kind in _MAGIC_NUMBERS.items():
        if start[: len(magic)].lower() == magic.lower():
            raise unsupported(path, kind)
    for pattern, kind in _PATTERNS:
        if pattern.match(start):
            raise unsupported(path, kind)
    if _NUL in start and not _is_text(start):
        raise unsupported(path, _("no text"))


def _is_text(start: bytes) -> bool:
    """Whether the head is UTF-8, but for a character that its end cuts."""
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def name_kind(suffix: str) -> Promise | None:
    """What a file with this suffix is, of formats that are not read."""
    return _SUFFIXES.get(suffix.lower())


def unsupported(path: Path, kind: Promise | str) -> FileUnreadable:
    """The error that names the kind of the file, and the formats that are read."""
    return FileUnreadable(
        _(
            "%(path)s is not read: it is %(kind)s. Save what is in it as JSON Lines, as"
            " CSV or as a spreadsheet (.xlsx, .ods), then import that file."
        )
        % {"path": path, "kind": kind}
    )


def text_without_columns(path: Path) -> FileUnreadable:
    """The error for a text that is no table."""
    return unsupported(path, _PLAIN_TEXT)
