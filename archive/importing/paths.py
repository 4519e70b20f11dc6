"""Paths of topics as text, broadest first: "تاريخ / تاريخ الصحافة"."""

from collections.abc import Iterable
from typing import Final

SEPARATOR: Final = " / "
# Replaces the separator inside a name.
SEPARATOR_IN_NAME: Final = "/"


def split_path(text: str) -> list[str]:
    """The names in a path, without empty ones.

    >>> split_path("تاريخ / تاريخ الصحافة")
    ['تاريخ', 'تاريخ الصحافة']
    """
    return [name.strip() for name in text.split(SEPARATOR) if name.strip()]


def write_path(names: Iterable[str]) -> str:
    """The path of the names; the inverse of `split_path` but for `flatten_name`.

    >>> write_path(["أدب / فن", "شعر"])
    'أدب/فن / شعر'
    """
    return SEPARATOR.join(flatten_name(name) for name in names)


def flatten_name(name: str) -> str:
    """The name as written in a path, without the separator.

    >>> flatten_name("أدب / شعر")
    'أدب/شعر'
    """
    return name.replace(SEPARATOR, SEPARATOR_IN_NAME)
