"""Form fields that accept several spellings of a value and normalize it."""

import re
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.forms.widgets import AutoDirectionInput, LatinInput
from archive.dates import DateNotUnderstood, PartialDate, parse_date
from archive.names.clean import clean_name

# Q42, https://www.wikidata.org/wiki/Q42, http://www.wikidata.org/entity/Q42#sitelinks
_WIKIDATA_RE = re.compile(
    r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]*)(?:[#?].*)?",
    re.IGNORECASE,
)
# 44300643, https://viaf.org/viaf/44300643/
_VIAF_RE = re.compile(
    r"(?:https?://(?:www\.)?viaf\.org/(?:[a-z]{2}/)?viaf/)?([1-9][0-9]*)/?"
)


def _write_help(sentence: str | Promise, *examples: str) -> SafeString:
    shown = format_html_join(" · ", "<bdi>{}</bdi>", ((text,) for text in examples))
    return format_html("{} {}", sentence, shown)


# A lazily translated help text: a sentence, then examples, each in its own direction.
help_with_examples = lazy(_write_help, SafeString)


class NameField(forms.CharField):
    """A name or a title, cleaned by `clean_name`."""

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")


class AddressField(forms.URLField):
    """A URL; https is assumed where the scheme is missing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})


class PublishedField(forms.CharField):
    """A date in any spelling, known to the day, the month or the year.

    The clean value is a `PartialDate`, or ``None`` for an empty field.
    """

    widget = AutoDirectionInput
    default_error_messages = {
        "two_years": _(
            "This Hijri year lies in two Gregorian ones: write the month as well, "
            "or the Gregorian year."
        )
    }

    def to_python(self, value: Any) -> PartialDate | None:  # type: ignore[override]
        if isinstance(value, PartialDate):
            return value
        text = clean_name(super().to_python(value) or "")
        if not text:
            return None
        try:
            date = parse_date(text).partial
        except DateNotUnderstood as error:
            raise ValidationError(error.sentence(gettext), code="date") from error
        if date is None:
            raise ValidationError(self.error_messages["two_years"], code="two_years")
        return date

    def prepare_value(self, value: Any) -> Any:
        return value.iso() if isinstance(value, PartialDate) else value


class IsoDateField(PublishedField):
    """A date for a text column: ``1888``, ``1888-11`` or ``1888-11-01``.

    An ISO date is always Gregorian here, because people lived before printing; as
    publication dates, `parse_date` takes years up to 1500 for Hijri ones.

    >>> IsoDateField().clean("0776-01-01")
    '0776-01-01'
    """

    def to_python(self, value: Any) -> str:  # type: ignore[override]
        with suppress(ValueError):
            return PartialDate.from_iso(clean_name(value or "")).iso()
        date = super().to_python(value)
        return date.iso() if date else ""


class IdentifierField(forms.CharField):
    """An identifier, alone or within its URL; the first group of ``pattern``."""

    widget = LatinInput
    pattern: re.Pattern[str]

    def to_python(self, value: Any) -> str:
        text = clean_name(super().to_python(value) or "")
        if not text:
            return ""
        match = self.pattern.fullmatch(text)
        if match is None:
            raise ValidationError(self.error_messages["identifier"], code="identifier")
        return match[1].upper()


class WikidataField(IdentifierField):
    """A Wikidata identifier, Q34660, also taken from the address of its page."""

    pattern = _WIKIDATA_RE
    default_error_messages = {
        "identifier": _(
            "A Wikidata identifier is a Q and a number: write for example Q34660, "
            "or paste the address of the page."
        )
    }


class ViafField(IdentifierField):
    """A VIAF identifier, 44300643, also taken from the address of its page."""

    pattern = _VIAF_RE
    default_error_messages = {
        "identifier": _(
            "A VIAF identifier is a number: write for example 44300643, "
            "or paste the address of the page."
        )
    }
