"""``{% load entries_kept %}``: the entries of a results page, kept from page to page.

An entry is a function of the document, the query and the address of the search: while
none of them changes, its HTML is written once.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Final

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from archive.addresses import reverse_cached
from archive.templatetags.display import names_of_months_in_lists
from archive.templatetags.entries import Shown, render_entry
from search.results.hit_rows import HitRows, PublishedHit
from search.results.model import Row, SearchResults

register = template.Library()

# Of some 3,000 bytes each.
ENTRIES_CACHE_SIZE: Final = 8192


@register.simple_tag
def result_entries(found: SearchResults) -> SafeString:
    """The rows of *found* as items of the list of results."""
    rows, query = found.rows, found.request.query_string()
    if not isinstance(rows, HitRows):
        made: list[SafeString | str] = [render_row(row, query) for row in rows]
    else:
        made = [_render_hit(rows, hit, query) for hit in rows.hits]
    return format_html_join("", "{}", ((entry,) for entry in made))


def render_row(row: Row, query: str) -> SafeString:
    """A hit as an item of the list; *query* is the query string for its address.

    Its source and actors narrow the search by one more parameter, from which the page
    of the search finds its way to the address proper.
    """
    shown = Shown(
        title=row.title,
        subtitle=row.subtitle,
        fragments=row.fragments,
        forms=row.forms,
        counted=row.counted,
        aliases=row.aliases,
        part=row.part,
        query=query,
        narrow=f"{reverse_cached('search:results')}?{_first_page(query)}",
        choosable=True,
    )
    return render_entry(row.article, shown)


def _first_page(query: str) -> str:
    """The query string up to another parameter, without the number of the page."""
    pairs = (pair for pair in query.split("&") if not pair.startswith("page="))
    return "".join(f"{pair}&" for pair in pairs if pair)


class _Wanted:
    """An entry as a key of the cache, which lets go of the rows when it is kept."""

    __slots__ = ("hit", "key", "query", "rows")

    def __init__(self, rows: HitRows, hit: PublishedHit, query: str) -> None:
        self.key: tuple[Hashable, ...] = (
            hit,
            rows.query,
            query,
            get_language(),
            settings.DIGITS,
            names_of_months_in_lists(),
        )
        self.rows: HitRows | None = rows
        self.hit = hit
        self.query = query

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Wanted) and self.key == other.key


def _render_hit(rows: HitRows, hit: PublishedHit, query: str) -> SafeString | str:
    wanted = _Wanted(rows, hit, query)
    # An index from before documents had hashes cannot tell their versions.
    return _render(wanted) if hit.version > 0 else _render.__wrapped__(wanted)


@lru_cache(ENTRIES_CACHE_SIZE)
def _render(wanted: _Wanted) -> SafeString | str:
    rows, wanted.rows = wanted.rows, None
    row = rows.by_id.get(wanted.hit.article_id) if rows else None
    # None where it was withdrawn between two queries.
    return render_row(row, wanted.query) if row else ""
