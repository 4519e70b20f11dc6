"""Cells as programs leave them: marks for nothing, and lists in their notations."""

import ast
import json
import math
import re
from typing import Final

from archive.importing.cells import split_items

# What pandas, R, SQL, Excel and JavaScript write for nothing. A name «Nan» is written
# with a capital alone, so case counts.
_NULLS: Final = frozenset(
    {"nan", "NaN", "NAN", "NaT", "None", "NA", "N/A", "n/a", "#N/A", "#N/D", "<NA>"}
    | {"null", "NULL", "Null", "(null)", "[null]", "\\N", "nil", "undefined", "#NULL!"}
    | {"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "-nan"}
)
_LONGEST_NULL: Final = max(map(len, _NULLS))
_BRACKETS_RE: Final = re.compile(r"\s*[\[({].*[\])}]\s*", re.DOTALL)
# PostgreSQL's arrays: {سياسة,"عراق, بغداد"}
_ARRAY_RE: Final = re.compile(r'\s*\{((?:"(?:[^"\\]|\\.)*"|[^{}"])*)\}\s*', re.DOTALL)
_ARRAY_ITEM_RE: Final = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^,"]*))\s*(?:,|$)')
MAX_LIST: Final = 100_000
# What separates items where no semicolon does.
_OTHER_RE: Final = re.compile(r"[\r\n]+|\s*\|\s*")


def is_null_mark(value: object) -> bool:
    """Whether a cell holds a program's mark for nothing.

    >>> is_null_mark("\\\\N"), is_null_mark("nan"), is_null_mark("Nan"), is_null_mark(0)
    (True, True, False, False)
    """
    if isinstance(value, float):
        return math.isnan(value)
    if not isinstance(value, str) or len(value) > _LONGEST_NULL + 2:
        return False
    return value.strip() in _NULLS


def read_program_list(text: str) -> list[object] | None:
    """The items of a list in the notation of Python, JSON or PostgreSQL; else None.

    >>> read_program_list("['سياسة', 'عراق']"), read_program_list("[]")
    (['سياسة', 'عراق'], [])
    >>> read_program_list('{سياسة,"عراق, بغداد"}'), read_program_list("[كذا] في الأصل")
    (['سياسة', 'عراق, بغداد'], None)
    """
    if len(text) > MAX_LIST or not _BRACKETS_RE.fullmatch(text):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(value, list | tuple | set):
            return [item for item in value if not is_null_mark(item)]
        if isinstance(value, dict) and value:
            return [value]
    if match := _ARRAY_RE.fullmatch(text):
        return _read_array(match[1])
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


def split_cell(cell: str, separator: re.Pattern[str]) -> list[object]:
    """The items of a cell; of one without a separator, its lines or parts by |.

    >>> split_cell("صحافة\\nبصرة", re.compile(";"))
    ['صحافة', 'بصرة']
    """
    items = split_items(cell, separator)
    if len(items) == 1 and not cell.lstrip().startswith('"'):
        items = [part.strip() for part in _OTHER_RE.split(items[0])]
    return [item for item in items if item and not is_null_mark(item)]


def with_kind(item: object, kind: str) -> object:
    """The item as an actor of this kind; itself where that is ``""``."""
    if not kind:
        return item
    if isinstance(item, dict):
        return {**item, "kind": item.get("kind") or kind}
    return {"name": item, "kind": kind}
