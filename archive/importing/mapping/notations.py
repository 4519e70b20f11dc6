"""Lists in the notations of programs: Python, JSON, NumPy, PostgreSQL, PHP."""

import ast
import json
import re
from collections.abc import Sequence
from typing import Final

from archive.importing.mapping.lookup import is_empty
from archive.importing.mapping.values import is_null_mark, split_cell

_BRACKETS_RE: Final = re.compile(r"\s*[\[({].*[\])}]\s*", re.DOTALL)
# PostgreSQL's arrays: {سياسة,"عراق, بغداد"}
_ARRAY_RE: Final = re.compile(r'\s*\{((?:"(?:[^"\\]|\\.)*"|[^{}"])*)\}\s*', re.DOTALL)
_ARRAY_ITEM_RE: Final = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^,"]*))\s*(?:,|$)')
MAX_LIST: Final = 100_000
# NumPy's and pandas' names around a list, and its items with blanks between them.
_CALLED_RE: Final = re.compile(
    r"\s*(?:array|Index|list|set|tuple|Series)\(\s*([\[({].*[\])}])\s*(?:,[^\]]*)?\)\s*",
    re.DOTALL,
)
_QUOTED_RE: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_BLANKS_BETWEEN_RE: Final = re.compile(
    r"\s*\[\s*(?:'[^']*'|\"[^\"]*\")(?:\s+(?:'[^']*'|\"[^\"]*\"))+\s*\]\s*"
)
# [سياسة, عراق]; what has no comma may be a name that a cataloguer has supplied.
_BARE_LIST_RE: Final = re.compile(r"\s*\[([^\[\]'\"{}]+[,،][^\[\]'\"{}]+)\]\s*")
_COMMA_RE: Final = re.compile("[,،]")
# PHP's: a:1:{i:0;s:10:"سياسة";}
_SERIALIZED_RE: Final = re.compile(r"\s*a:[0-9]+:\{(.*)\}\s*", re.DOTALL)
_SERIALIZED_ITEM_RE: Final = re.compile(r's:[0-9]+:"([^"]*)";')


def read_program_list(text: str) -> list[object] | None:
    """The items of a list in the notation of Python, JSON or PostgreSQL; else None.

    >>> read_program_list("['سياسة', 'عراق']"), read_program_list("[]")
    (['سياسة', 'عراق'], [])
    >>> read_program_list('{سياسة,"عراق, بغداد"}'), read_program_list("[كذا] في الأصل")
    (['سياسة', 'عراق, بغداد'], None)
    >>> read_program_list("['سياسة' 'عراق']"), read_program_list("[سياسة, عراق]")
    (['سياسة', 'عراق'], ['سياسة', 'عراق'])
    """
    if len(text) > MAX_LIST:
        return None
    if serialized := _SERIALIZED_RE.fullmatch(text):
        return [item for item in _SERIALIZED_ITEM_RE.findall(serialized[1]) if item]
    if called := _CALLED_RE.fullmatch(text):
        text = called[1]
    if not _BRACKETS_RE.fullmatch(text):
        return None
    if _BLANKS_BETWEEN_RE.fullmatch(text):
        return [single or double for single, double in _QUOTED_RE.findall(text)]
    items = _read_literal(text)
    if items is None and (match := _ARRAY_RE.fullmatch(text)):
        return _read_array(match[1])
    if items is None and (match := _BARE_LIST_RE.fullmatch(text)):
        return [item.strip() for item in _COMMA_RE.split(match[1]) if item.strip()]
    return items


def _read_literal(text: str) -> list[object] | None:
    """The items of a list in the notation of JSON or Python."""
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(value, list | tuple | set):
            return [item for item in value if not is_null_mark(item)]
        if isinstance(value, dict) and value:
            return [value]
    return None


def _read_array(inner: str) -> list[object]:
    items: list[object] = []
    position = 0
    while position < len(inner):
        match = _ARRAY_ITEM_RE.match(inner, position)
        if match is None or match.end() == position:
            break
        quoted, bare = match.groups()
        item = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else bare.strip()
        items.append(item)
        position = match.end()
    return [item for item in items if item and not is_null_mark(item)]


def read_single(value: object) -> object:
    """A single value that a program has written as a list; the list of several.

    >>> read_single("['سالم ناصر']"), read_single("[كذا] في الأصل")
    ('سالم ناصر', '[كذا] في الأصل')
    """
    if not isinstance(value, str) or not value.startswith(("[", "(", "a:")):
        return value
    items = read_program_list(value)
    if items is None:
        return value
    return items[0] if len(items) == 1 else items or ""


def items_of(value: object, separator: re.Pattern[str] | None) -> Sequence[object]:
    """The items of a list, of a cell, or of ``{spelling: count}`` by count.

    A text outside tables, which have a *separator*, is one item.
    """
    if is_empty(value):
        return []
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        items = read_program_list(value)
        if items is None and separator:
            return split_cell(value, separator)
        return [value] if items is None else items
    if isinstance(value, dict):
        counts = [count for count in value.values() if isinstance(count, int)]
        if len(counts) == len(value):
            return sorted(value, key=lambda spelling: -value[spelling])
        if all(str(name).isdecimal() for name in value):
            # A list of PHP's as JSON: {"0": "سياسة", "1": "عراق"}.
            return list(value.values())
    return [value]
