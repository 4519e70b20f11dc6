"""The formats that can be read, and which of them a file is in."""

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from archive.importing.fields import fold_heading
from archive.importing.problems import FileUnreadable
from archive.importing.readers.lines import BOM
from archive.importing.readers.unsupported import (
    name_kind,
    refuse_unsupported_format,
    unsupported,
)


class Format(StrEnum):
    """The formats that can be read; the values are those of ``--format``."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    WORKBOOK = "workbook"
    RIS = "ris"
    BIBTEX = "bibtex"
    FEED = "feed"
    TEI = "tei"
    MODS = "mods"
    MARCXML = "marcxml"
    PAGES = "pages"
    WARC = "warc"


# Names tell JSON Lines and tables; everything else shows what it is.
SUFFIXES: Final[Mapping[str, Format]] = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".tab": Format.CSV,
    ".txt": Format.CSV,
}
# Local names of root elements.
_ROOTS: Final[Mapping[str, Format]] = {
    "rss": Format.FEED,
    "feed": Format.FEED,
    "RDF": Format.FEED,
    "TEI": Format.TEI,
    "TEI.2": Format.TEI,
    "teiCorpus": Format.TEI,
    "mods": Format.MODS,
    "modsCollection": Format.MODS,
    "collection": Format.MARCXML,
    "record": Format.MARCXML,
}
_RSS_1: Final = b"http://purl.org/rss/1.0/"
_MARC: Final = b"http://www.loc.gov/MARC21/slim"
_KEY_RE: Final = re.compile(r'"([^"]{1,100})"\s*:')
_RECORD_KEYS: Final = frozenset(
    fold_heading(name)
    for name in ("title", "headline", "body", "text", "name_ar", "العنوان", "النص")
)
# Names of lists of records in feeds and answers of programs.
_LISTS: Final = tuple(
    f'"{name}":'.encode()
    for name in ("items", "articles", "entries", "posts", "records", "results", "data")
)
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What may stand before the root element of XML.
_PROLOG_RE: Final = re.compile(
    rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE\s[^<>\[]*(?:\[.*?\]\s*)?>\s*)*",
    re.DOTALL | re.IGNORECASE,
)
_ROOT_RE: Final = re.compile(rb"<(?:[\w.\-]+:)?([\w.\-]+)[\s/>]")
_RIS_RE: Final = re.compile(rb"TY {1,2}- ?\S")
_BIBTEX_RE: Final = re.compile(
    rb"^\s*@\s*[a-z]+\s*[{(]\s*[^\s{}(),=]*\s*[,=]", re.IGNORECASE | re.MULTILINE
)
_COMMENT_RE: Final = re.compile(rb"\A(?:\s*%[^\n]*\n)*\s*@", re.MULTILINE)


def detect_format(path: Path, head: bytes) -> Format:
    """The format of a file by its head, else by the suffixes of its name.

    Raises `FileUnreadable` where it is certainly none of them.

    >>> detect_format(Path("مقالات.csv.gz"), b"").value
    'csv'
    >>> detect_format(Path("zotero.txt"), b"TY  - NEWS\\nTI  - x").value
    'ris'
    """
    if path.is_dir():
        return Format.PAGES
    start = head.removeprefix(BOM).lstrip()
    for signature, detect in _DETECTORS.items():
        if start.startswith(signature):
            found = detect(path, start)
            if found:
                return found
    refuse_unsupported_format(path, start)
    return _by_text(start) or _by_name(path, start)


def _by_text(start: bytes) -> Format | None:
    if _RIS_RE.match(start):
        return Format.RIS
    if _COMMENT_RE.match(start) and _BIBTEX_RE.search(start):
        return Format.BIBTEX
    return None


def _by_name(path: Path, start: bytes) -> Format:
    for suffix in reversed(path.suffixes):
        found = SUFFIXES.get(suffix.lower())
        if found is Format.JSONL and start and not re.search(rb"^\s*\{", start, re.M):
            raise FileUnreadable(
                _(
                    "%(path)s is named as JSON and is none: no line begins with {. Is"
                    " it a table? Then name it .csv, or give --format csv."
                )
                % {"path": path}
            )
        if found:
            return found
        if kind := name_kind(suffix):
            raise unsupported(path, kind)
    return Format.CSV


def _detect_zip(path: Path, start: bytes) -> Format:
    # Told apart by the names inside, which need the whole file: see `Format.PAGES`.
    del path
    names = (b"xl/", b"[Content_Types]", b"mimetypeapplication/vnd.oasis")
    is_book = any(name in start[:4096] for name in names)
    return Format.WORKBOOK if is_book else Format.PAGES


def _detect_json(path: Path, start: bytes) -> Format | None:
    """JSON Lines where each line is an object, else one document."""
    del path
    if start.startswith(b"{\\rtf"):
        return None
    if start.startswith(b"["):
        is_list = start[1:].lstrip()[:1] in {b"{", b"]", b'"', b"["}
        return Format.JSON if is_list else None
    first, *rest = start.split(b"\n")
    has_lines = any(line.lstrip().startswith(b"{") and len(line) > 1 for line in rest)
    if _is_json(first) or len(rest) < 1:
        is_document = not has_lines and _wraps_list(first)
        return Format.JSON if is_document else Format.JSONL
    # A broken first line among whole ones is a line to be refused, no document.
    is_indented = start[1:].lstrip()[:1] in {b'"', b"}"}
    is_lines = re.search(rb"^\{.*\}\s*$", start, re.M) is not None
    return Format.JSON if is_indented and not is_lines else Format.JSONL


def _wraps_list(line: bytes) -> bool:
    """Whether a list of objects comes in an object before anything of a record."""
    head, joint, rest = line.partition(b"[{")
    if not joint:
        return line.lstrip().startswith(b"{") and _is_table(line)
    if head.rstrip().endswith(_LISTS) and _KEY_RE.search(rest.decode(errors="replace")):
        return True
    keys = _KEY_RE.findall(head.decode("utf-8", errors="replace"))
    return not {fold_heading(key) for key in keys} & _RECORD_KEYS


def _is_table(line: bytes) -> bool:
    """Whether an object on one line has records or columns by name: {"1": {…}}."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(value, dict) or not value:
        return False
    is_split = isinstance(value.get("columns"), list)
    # One object in another may be the line of a bulk file, or a record in its wrapper.
    is_keyed = len(value) > 1 and all(isinstance(each, dict) for each in value.values())
    return is_split or is_keyed


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _detect_xml(path: Path, start: bytes) -> Format | None:
    prolog = _PROLOG_RE.match(start)
    root = _ROOT_RE.match(start, prolog.end() if prolog else 0)
    if root is None:
        return None
    found = _ROOTS.get(root[1].decode())
    if found is Format.MARCXML and _MARC not in start:
        found = None
    if root[1] == b"RDF" and _RSS_1 not in start:
        found = None
    if found is None and start.startswith(b"<?xml"):
        raise unsupported(path, _("XML with the root element <%(name)s>") % {
            "name": root[1].decode()
        })  # fmt: skip
    return found


_DETECTORS: Final[Mapping[bytes, Callable[[Path, bytes], Format | None]]] = {
    _ZIP: _detect_zip,
    _OLE: lambda path, start: Format.WORKBOOK,
    b"WARC/": lambda path, start: Format.WARC,
    b"{": _detect_json,
    b"[": _detect_json,
    b"<": _detect_xml,
}
