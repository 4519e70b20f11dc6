"""Values of a record read as what they should be, with remarks on what was put right.

Public: `Values`.
"""

import datetime as dt
import functools
import re
from collections.abc import Collection, Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from archive.importing.mapping.columns import MappedRow
from archive.importing.problems import Note, RecordRefused, excerpt, json_type_name
from archive.importing.text import (
    MAX_COMBINING_MARKS,
    clean_line,
    clean_text,
    has_controls,
    has_excess_marks,
    has_surrogates,
    has_unusual,
    shorten,
)

# More authors, actors or topics than any article has.
MAX_ITEMS: Final = 10_000
WEB_SCHEMES: Final = ("http", "https", "ftp")
# blanks that addresses copied from a page hold, no-break space among them
_BLANKS_RE: Final = re.compile(r"\s+")
_SLUG_RE: Final = re.compile(r"[A-Za-z0-9_-]+")

# "https://example.org:8000" of "https://example.org:8000/صفحة?س=١"
_ORIGIN_RE: Final = re.compile(r"[^/?#]*//[^/?#]*")
ORIGIN_CACHE_SIZE: Final = 4096
# Accepts letters of any script, as addresses of Arabic pages have them.
_check_address: Final = URLValidator(schemes=WEB_SCHEMES)


class Values:
    """The values of one record; what was put right is in `notes`.

    Every reader raises `RecordRefused` for a value of a type it cannot read.
    """

    def __init__(self, mapped: MappedRow, *, limits: Mapping[str, int]) -> None:
        self._values = mapped.values
        self._defaulted = mapped.defaulted
        self._limits = limits
        self.notes: list[Note] = []

    def given(self) -> frozenset[str]:
        """Names of the fields that the file has, empty ones too."""
        return frozenset(self._values) - self._defaulted

    def note(self, code: str, field: str, **values: object) -> None:
        """Add a remark on a record that is kept."""
        self.notes.append(Note(code, field, values))

    def raw(self, name: str) -> object:
        """The value as the file has it; None where it has none."""
        return self._values.get(name)

    def text(self, name: str) -> str:
        """The value as clean text of several lines, ``""`` for none."""
        return clean_text(self._checked(name))

    def line(self, name: str) -> str:
        """The value as one clean line; refused where it is too long."""
        return self.fit(name, clean_line(self._checked(name)))

    def short_line(self, name: str) -> str:
        """The value as one clean line, shortened with a remark where too long."""
        return self.fit_shortened(name, clean_line(self._checked(name)))

    def long_line(self, name: str) -> str:
        """The value as one clean line of any length."""
        return clean_line(self._checked(name))

    def item(self, name: str, value: object) -> str:
        """One item of the list *name* as a clean line; refused where too long."""
        return self.fit(name, clean_line(as_text(name, value)))

    def items(self, name: str) -> list[object]:
        """The items of a list; a single text or object counts as one."""
        value = self.raw(name)
        if value is None or value == "":
            return []
        if isinstance(value, list):
            if len(value) > MAX_ITEMS:
                values = {"found": len(value), "limit": MAX_ITEMS}
                raise RecordRefused(Note("too_many_items", name, values))
            return value
        if isinstance(value, str | dict):
            return [value]
        raise RecordRefused(Note("not_a_list", name, {"kind": json_type_name(value)}))

    def choice(self, name: str, known: Collection[str]) -> str:
        """The value where it is one of *known* or empty; refused otherwise."""
        value = self.line(name).lower()
        if value and value not in known:
            values = {"piece": excerpt(value), "known": ", ".join(known)}
            raise RecordRefused(Note("bad_choice", name, values))
        return value

    def slug(self, name: str) -> str:
        """The value where it can be part of an address or is empty; else refused."""
        slug = clean_line(self._checked(name))
        if slug and (len(slug) > self._limits[name] or not _SLUG_RE.fullmatch(slug)):
            values = {"piece": excerpt(slug), "limit": self._limits[name]}
            raise RecordRefused(Note("bad_slug", name, values))
        return slug

    def web_address(self, name: str) -> str:
        """The address, blanks inside percent-encoded; ``""`` for what is none."""
        address = _BLANKS_RE.sub("%20", clean_line(self._checked(name)))
        if not address:
            return ""
        if len(address) > self._limits[name]:
            self.note("url_too_long", name, limit=self._limits[name])
            return ""
        if not is_web_address(address):
            self.note("bad_url", name, piece=excerpt(address))
            return ""
        return address

    def moment(self, name: str) -> dt.datetime | None:
        """The ISO date with time, in UTC where it names no zone; None for none."""
        text = clean_line(self._checked(name))
        if not text:
            return None
        try:
            moment = dt.datetime.fromisoformat(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=dt.UTC)
            return moment.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            self.note("bad_moment", name, piece=excerpt(text))
            return None

    def identifier(self, name: str, pattern: re.Pattern[str]) -> str:
        """What the pattern's first group finds; ``""``, with a remark, for nothing."""
        text = clean_line(self._checked(name))
        if not text:
            return ""
        match = pattern.fullmatch(text)
        if match is None or len(match[1]) > self._limits[name]:
            self.note("bad_identifier", name, piece=excerpt(text))
            return ""
        return match[1]

    def fit(self, name: str, text: str) -> str:
        """The text where it fits the field; refused where it is too long."""
        limit = self._limits[name]
        if limit and len(text) > limit:
            values = {"piece": excerpt(text), "found": len(text), "limit": limit}
            raise RecordRefused(Note("too_long_value", name, values))
        return text

    def fit_shortened(self, name: str, line: str) -> str:
        """The line, shortened with a remark where it does not fit the field."""
        limit = self._limits[name]
        if len(line) > limit:
            self.note("shortened", name, found=len(line), limit=limit)
        return shorten(line, limit=limit)

    def _checked(self, name: str) -> str:
        text = as_text(name, self._values.get(name))
        if has_excess_marks(text):
            self.note("marks_removed", name, limit=MAX_COMBINING_MARKS)
        if not text or not has_unusual(text):
            return text
        if has_controls(text):
            self.note("controls_removed", name)
        if has_surrogates(text):
            self.note("surrogates_replaced", name)
        return text


def is_web_address(address: str) -> bool:
    """Whether the address, without blanks, is one that a form would accept.

    >>> is_web_address("https://example.org/دجلة"), is_web_address("javascript:x")
    (True, False)
    """
    # After the origin anything goes but blanks, and articles share few origins.
    origin = _ORIGIN_RE.match(address)
    return origin is not None and _is_origin(origin[0])


@functools.lru_cache(maxsize=ORIGIN_CACHE_SIZE)
def _is_origin(origin: str) -> bool:
    try:
        _check_address(origin)
    except ValidationError:
        return False
    return True


def as_text(name: str, value: object) -> str:
    """The value as text; numbers count as text, null as none.

    >>> as_text("published", 1923), as_text("title", None)
    ('1923', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise RecordRefused(Note("wrong_type", name, {"kind": json_type_name(value)}))
