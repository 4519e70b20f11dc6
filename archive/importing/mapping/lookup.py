"""Values of a row by the path of their column: a dot is a step into an object."""

from collections.abc import Collection, Mapping
from typing import Final

PATH_SEPARATOR: Final = "."
# What `look_up` gives where there is no such value; None is one.
ABSENT: Final = object()


def is_seen(path: str, seen: Collection[str]) -> bool:
    """Whether the columns have the path, or the object with which it begins."""
    return path in seen or path.split(PATH_SEPARATOR)[0] in seen


def look_up(columns: Mapping[str, object], path: str) -> object:
    """The value at *path*, or the sentinel `ABSENT`.

    >>> look_up({"ids": {"wiki": "Q1"}}, "ids.wiki")
    'Q1'
    """
    if path in columns:
        return columns[path]
    if PATH_SEPARATOR not in path:
        return ABSENT
    first, rest = path.split(PATH_SEPARATOR, 1)
    inner = columns.get(first)
    return look_up(inner, rest) if isinstance(inner, dict) else ABSENT


def is_empty(value: object) -> bool:
    """Whether a value is null, blank, or an empty list or object.

    >>> is_empty("  "), is_empty(0), is_empty([])
    (True, False, True)
    """
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value == [] or value == {}
