"""``{% load citing %}``: citations of a reference, and links to its files."""

from dataclasses import dataclass
from typing import Final

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.citing import FILE_FORMATS, STYLES, Citation, Reference, Style, cite
from archive.dates import PartialDate
from archive.templatetags.display import digits_of_dates, names_of_months

register = template.Library()

_LABELS: Final[dict[Style, Promise]] = {
    Style.ARABIC: _("In Arabic"),
    Style.CHICAGO: _("Chicago"),
    Style.MLA: _("MLA"),
    Style.APA: _("APA"),
}
_FILE_LABELS: Final[dict[str, Promise]] = {
    "ris": _("RIS (Zotero, EndNote, Mendeley)"),
    "bibtex": _("BibTeX (LaTeX)"),
    "csl": _("CSL-JSON (Pandoc, Zotero)"),
}


@dataclass(frozen=True, slots=True)
class StyledCitation:
    """A citation and the name of its style."""

    style: Style
    label: Promise
    citation: Citation


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """A link to a file for reference managers."""

    label: Promise
    content_type: str
    address: str


@register.filter
def citations(reference: Reference) -> list[StyledCitation]:
    """The citation in each style, Arabic dates as the pages write them."""
    months, digits = names_of_months(), digits_of_dates()
    return [
        StyledCitation(
            style, _LABELS[style], cite(reference, style, months=months, digits=digits)
        )
        for style in STYLES
    ]


@register.simple_tag
def reference_files(number: int) -> list[ReferenceFile]:
    """The files that hold the reference of article *number*."""
    return [
        ReferenceFile(
            _FILE_LABELS[each.name],
            each.content_type.partition(";")[0],
            reverse("archive:reference", args=[number, each.name]),
        )
        for each in FILE_FORMATS
    ]


@register.filter
def highwire_date(date: PartialDate) -> str:
    """The date with slashes, as Highwire's tags have it.

    >>> highwire_date(PartialDate(1923, 5))
    '1923/05'
    """
    return date.iso().replace("-", "/")
