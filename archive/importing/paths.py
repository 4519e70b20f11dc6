"""Topics written as paths, the broadest first: "تاريخ / تاريخ الصحافة".

Public: `split_path`, `write_path`, `flatten_name`.
"""

from collections.abc import Iterable
from typing import Final

STEP: Final = " / "
# How a name that itself holds the step is written.
STEP_IN_NAME: Final = "/"


def split_path(text: str) -> list[str]:
    """The names of the path.

    >>> split_path("تاريخ / تاريخ الصحافة")
    ['تاريخ', 'تاريخ الصحافة']
    """
    return [name.strip() for name in text.split(STEP) if name.strip()]


def write_path(names: Iterable[str]) -> str:
    """The path that `split_path` takes apart again.

    >>> write_path(["أدب / فن", "شعر"])
    'أدب/فن / شعر'
    """
    return STEP.join(flatten_name(name) for name in names)


def flatten_name(name: str) -> str:
    """The name as it stands in a path.

    >>> flatten_name("أدب / شعر")
    'أدب/شعر'
    """
    return name.replace(STEP, STEP_IN_NAME)
