"""Tags for links to exports: ``{% load exporting %}``."""

from dataclasses import dataclass, replace

from django import template
from django.utils.functional import Promise

from archive.addresses import reverse_cached
from search.export.formats import FORMATS, ExportFormat
from search.export.limits import Reader, export_limit_notice, limit_for
from search.request import SearchRequest

register = template.Library()


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link to an export, and what the file is for."""

    label: Promise
    purpose: Promise
    address: str
    is_page: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """The exports of a search; none beyond the limit, which ``notice`` states.

    ``query_string`` is that of the search, from its first page on.
    """

    links: tuple[FileLink, ...]
    notice: str
    query_string: str


@register.simple_tag
def export_offer(request: SearchRequest, total: int, reader: Reader) -> Offer:
    """The exports that *reader* may have of a search with *total* hits."""
    asked = replace(request, page=1).query_string()
    links: tuple[FileLink, ...] = ()
    if total <= limit_for(reader):
        links = tuple(_link(each, asked, total) for each in FORMATS)
    return Offer(links, export_limit_notice(total, reader), asked)


def _link(kind: ExportFormat, asked: str, total: int) -> FileLink:
    """The link to a file, or to the page from where it is prepared."""
    if total <= kind.most_at_once:
        address = _address(kind, asked)
        return FileLink(kind.label, kind.purpose, address, kind.is_page)
    address = f"{reverse_cached('search:take_away')}?{asked}"
    return FileLink(kind.label, kind.purpose, address, is_page=True)


def _address(kind: ExportFormat, asked: str) -> str:
    parts = [asked, "raw=1" if kind.is_raw else ""]
    query_string = "&".join(part for part in parts if part)
    address = reverse_cached("search:export", kind.name)
    return f"{address}?{query_string}" if query_string else address
