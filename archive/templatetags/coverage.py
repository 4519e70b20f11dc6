"""``{% load coverage %}``: cells of tables of what is held, and their searches."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from django import template

from archive.addresses import reverse_cached
from archive.browsing.coverage import Column, CoverageRow
from archive.dates import PartialDate
from archive.models import Named

register = template.Library()


@register.filter
def beside(
    columns: Sequence[Column], row: CoverageRow
) -> Iterable[tuple[Column, int, bool]]:
    """Each column with the row's count in it, and whether that is a gap."""
    return zip(columns, row.counts, row.gaps, strict=True)


@register.simple_tag
def held_address(
    first: PartialDate, last: PartialDate, row: Named | None = None
) -> str:
    """The URL of a search from *first* to *last*, of the source or topic *row*."""
    return _search({**_filter(row), "from": first.iso(), "to": last.iso()})


@register.simple_tag
def undated_address(row: Named | None = None) -> str:
    """The URL of a search for what has no date, of the source or topic *row*."""
    return _search({**_filter(row), "undated": "1"})


def _filter(row: Named | None) -> dict[str, str]:
    # The parameters have the names of the models.
    return {row._meta.model_name or "": row.slug} if row else {}


def _search(parameters: dict[str, str]) -> str:
    query = urlencode(parameters, quote_via=quote)
    return f"{reverse_cached('search:results')}?{query}"
