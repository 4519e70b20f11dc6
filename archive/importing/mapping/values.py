"""Cells as programs leave them: marks for nothing, and lists in their notations."""

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
# What people and programs write instead in cells that hold no text.
_ABSENT: Final = frozenset(
    {"none", "n.a.", "n. a.", "<null>", "<na>", "not available", "unknown"}
    | {"لا يوجد", "لا توجد", "غير متوفر", "غير متاح", "غير محدد", "غير معروف"}
    | {"غير مذكور", "غير متوفرة", "غير معروفة", "غير محددة"}
)
_DASHES_RE: Final = re.compile(r"[-–—_.…*/\\]{1,10}")
_LONGEST_NULL: Final = max(map(len, _NULLS))
_LONGEST_ABSENT: Final = 20
# Lists as people write them: #سياسة #عراق_اليوم, and bullets or numbers before lines.
_HASHTAGS_RE: Final = re.compile(r"\s*#[\w]+(?:[\s,،]+#[\w]+)*\s*")
_BULLET_RE: Final = re.compile(r"\s*(?:[-–•*]|[0-9٠-٩]{1,3}[.)\-])\s+")
# What separates items where no semicolon does.
_OTHER_RE: Final = re.compile(r"[\r\n\t]+|\s*[|•]\s*")


def is_null_mark(value: object) -> bool:
    """Whether a cell holds a program's mark for nothing.

    >>> is_null_mark("\\\\N"), is_null_mark("nan"), is_null_mark("Nan"), is_null_mark(0)
    (True, True, False, False)
    """
    if isinstance(value, float):
        return math.isnan(value)
    if not isinstance(value, str) or len(value) > _LONGEST_NULL + 2:
        return False
    return _bare(value) in _NULLS


def is_nothing(value: object) -> bool:
    """Whether a cell that is no text holds a mark for nothing, or says that it is.

    >>> [is_nothing(cell) for cell in ("غير متوفر", "—", "nan", "البصرة")]
    [True, True, True, False]
    """
    if not isinstance(value, str):
        return is_null_mark(value)
    if len(value) > _LONGEST_ABSENT:
        return False
    bare = _bare(value)
    if bare in _NULLS or bare.lower() in _ABSENT:
        return True
    return _DASHES_RE.fullmatch(bare) is not None


def _bare(cell: str) -> str:
    """The cell without what is removed from texts later, as exports have it."""
    if not cell.isprintable():
        cell = "".join(filter(str.isprintable, cell))
    return cell.strip()


def split_cell(cell: str, separator: re.Pattern[str]) -> list[object]:
    """The items of a cell; of one without a separator, its lines or parts by |.

    >>> split_cell("صحافة\\nبصرة", re.compile(";"))
    ['صحافة', 'بصرة']
    """
    if _HASHTAGS_RE.fullmatch(cell):
        return [tag.replace("_", " ") for tag in re.findall(r"#(\w+)", cell)]
    lines = cell.strip().splitlines()
    if len(lines) > 1 and all(_BULLET_RE.match(line) for line in lines):
        return [_BULLET_RE.sub("", line, count=1).strip() for line in lines]
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
