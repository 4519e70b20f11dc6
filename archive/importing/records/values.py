"""Typed access to the raw values of a record, with notes on what was corrected."""

import datetime as dt
import functools
import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from archive.dates import ColumnDates
from archive.importing.cleaning import markup, mojibake
from archive.importing.mapping.columns import MappedRow
from archive.importing.problems import Note, RecordRefused, excerpt, json_type_name
from archive.importing.text import (
    MAX_COMBINING_MARKS,
    clean_line,
    compose,
    compose_line,
    has_controls,
    has_surrogates,
    has_unusual,
    limit_combining_marks,
    replace_unusual,
    shorten,
)

# Items of a list of authors, actors or topics; no article has as many.
MAX_ITEMS: Final = 10_000
WEB_SCHEMES: Final = ("http", "https", "ftp")
# Fields that hold no prose: & and % are theirs.
UNTOUCHED: Final = frozenset(
    {"url", "home_page", "external_id", "content_hash", "slug", "acquired_at"}
)
# White space in a URL copied from a page, no-break spaces included.
_BLANKS_RE: Final = re.compile(r"\s+")
_SLUG_RE: Final = re.compile(r"[A-Za-z0-9_-]+")

# "https://example.org:8000" of "https://example.org:8000/صفحة?س=١"
_ORIGIN_RE: Final = re.compile(r"[^/?#]*//[^/?#]*")
ORIGIN_CACHE_SIZE: Final = 4096
# Accepts letters of any script, as addresses of Arabic pages have them.
_check_address: Final = URLValidator(schemes=WEB_SCHEMES)


class Values:
    """The values of one record; corrections are added to `notes`.

    Methods raise `RecordRefused` for a value of the wrong type, and where they say so.
    *limits* are the maximum numbers of characters by field. An *exact* record is one
    whose texts are known to be as they should be, so that no markup is looked for.
    """

    def __init__(
        self, mapped: MappedRow, *, limits: Mapping[str, int], exact: bool = False
    ) -> None:
        self._exact = exact
        self._values = mapped.values
        self._given = frozenset(mapped.values) - mapped.defaulted
        self._limits = limits
        self._dates = mapped.dates
        self.base_address = mapped.base_address
        self.notes: list[Note] = []

    def given(self) -> frozenset[str]:
        """Names of the fields that the file has, empty ones included."""
        return self._given

    def limit(self, name: str) -> int:
        """The maximum number of characters of the field; 0 for none."""
        return self._limits[name]

    def note(self, code: str, field: str, **values: object) -> None:
        """Add a warning about the record."""
        self.notes.append(Note(code, field, values))

    def column_dates(self) -> ColumnDates:
        """What the neighbors of the record's date say about it."""
        return self._dates

    def raw(self, name: str) -> object:
        """The raw value; None where it is absent."""
        return self._values.get(name)

    def text(self, name: str) -> str:
        """The value as clean text of several lines; ``""`` for none."""
        # `_checked` has replaced what is unusual and removed excess marks.
        return compose(self._checked(name)).strip()

    def line(self, name: str) -> str:
        """The value as one clean line. Refuses one that is too long."""
        checked = self._checked(name)
        return self.fit(name, compose_line(checked)) if checked else ""

    def short_line(self, name: str) -> str:
        """The value as one clean line, shortened with a note if it is too long."""
        checked = self._checked(name)
        return self.fit_shortened(name, compose_line(checked)) if checked else ""

    def long_line(self, name: str) -> str:
        """The value as one clean line of any length."""
        return compose_line(self._checked(name))

    def item(self, name: str, value: object) -> str:
        """An item of the list *name* as one clean line. Refuses a long one."""
        return self.fit(name, clean_line(self._repaired(name, as_text(name, value))))

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
        """The value in lower case. Refuses one that is neither in *known* nor empty."""
        value = self.line(name).lower()
        if value and value not in known:
            values = {"piece": excerpt(value), "known": ", ".join(known)}
            raise RecordRefused(Note("bad_choice", name, values))
        return value

    def slug(self, name: str) -> str:
        """The value. Refuses one that is neither a slug nor empty."""
        slug = compose_line(self._checked(name))
        if slug and (len(slug) > self._limits[name] or not _SLUG_RE.fullmatch(slug)):
            values = {"piece": excerpt(slug), "limit": self._limits[name]}
            raise RecordRefused(Note("bad_slug", name, values))
        return slug

    def web_address(self, name: str) -> str:
        """The URL, with spaces percent-encoded; ``""`` and a note if it is invalid."""
        address = _BLANKS_RE.sub("%20", compose_line(self._checked(name)))
        if not address:
            return ""
        if len(address) > self._limits[name]:
            self.note("url_too_long", name, limit=self._limits[name])
            return ""
        if self.base_address and not _ORIGIN_RE.match(address):
            address = urljoin(self.base_address, address)
        if not is_web_address(address):
            is_relative = address.startswith("/")
            code = "relative_url" if is_relative else "bad_url"
            self.note(code, name, piece=excerpt(address))
            return ""
        return address

    def moment(self, name: str) -> dt.datetime | None:
        """The ISO datetime in UTC, its default; None, and a note if it is invalid."""
        text = compose_line(self._checked(name))
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
        """The pattern's first group; ``""`` with a note where it does not match."""
        text = compose_line(self._checked(name))
        if not text:
            return ""
        match = pattern.fullmatch(text)
        if match is None or len(match[1]) > self._limits[name]:
            self.note("bad_identifier", name, piece=excerpt(text))
            return ""
        return match[1]

    def fit(self, name: str, text: str) -> str:
        """The text. Refuses one that is longer than the field."""
        limit = self._limits[name]
        if limit and len(text) > limit:
            values = {"piece": excerpt(text), "found": len(text), "limit": limit}
            raise RecordRefused(Note("too_long_value", name, values))
        return text

    def fit_shortened(self, name: str, line: str) -> str:
        """The line, shortened with a note if it is longer than the field."""
        limit = self._limits[name]
        if len(line) > limit:
            self.note("shortened", name, found=len(line), limit=limit)
        return shorten(line, limit=limit)

    def _checked(self, name: str) -> str:
        value = self._values.get(name)
        # Most fields of most records are empty.
        if value is None or value == "":
            return ""
        text = self._repaired(name, as_text(name, value))
        if has_unusual(text):
            if has_controls(text):
                self.note("controls_removed", name)
            if has_surrogates(text):
                self.note("surrogates_replaced", name)
            text = replace_unusual(text)
        limited = limit_combining_marks(text)
        if limited is not text and limited != text:
            self.note("marks_removed", name, limit=MAX_COMBINING_MARKS)
        return limited

    def _repaired(self, name: str, text: str) -> str:
        """The text without markup and garbled letters, with a note on each."""
        if self._exact or name in UNTOUCHED:
            return text
        meant = mojibake.repair(text)
        if meant is not None:
            self.note("mojibake", name, piece=excerpt(text), meant=excerpt(meant))
            text = meant
        elif mojibake.is_lost(text):
            raise RecordRefused(Note("text_lost", name, {"piece": excerpt(text)}))
        if markup.has_tags(text):
            self.note("markup", name)
            return markup.strip_markup(text)
        if markup.has_entities(text):
            self.note("entities", name)
            return markup.unescape(text)
        return text


def is_web_address(address: str) -> bool:
    """Whether the URL, given without spaces, is valid by Django's `URLValidator`.

    >>> is_web_address("https://example.org/دجلة"), is_web_address("javascript:x")
    (True, False)
    """
    # The validator checks only the origin closely, and articles share few origins.
    origin = _ORIGIN_RE.match(address)
    return origin is not None and _is_origin(origin[0])


@functools.lru_cache(maxsize=ORIGIN_CACHE_SIZE)
def _is_origin(origin: str) -> bool:
    try:
        _check_address(origin)
    except ValidationError:
        return False
    return True


# Where objects keep a text: WordPress, JSON-LD, XML as JSON, records of names.
TEXT_KEYS: Final = ("rendered", "@value", "#text", "$t", "value", "text")


def as_text(name: str, value: object) -> str:
    """The value as text; a number is converted, null is ``""``.

    >>> as_text("published", 1923), as_text("title", None)
    ('1923', '')
    """
    if isinstance(value, list) and len(value) == 1:
        # Solr and XML as JSON have a list of one where a text is meant.
        value = value[0]
    if isinstance(value, dict):
        value = next((value[key] for key in TEXT_KEYS if key in value), value)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise RecordRefused(Note("wrong_type", name, {"kind": json_type_name(value)}))
