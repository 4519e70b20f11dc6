"""Facets: the engine's counts with names from the database, and filters as chips.

Also from the slugs of a request to values of the index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from archive.browsing.visibility import find_visible
from archive.models import Actor, Named, Source, Topic
from search.engines.contract import FacetCounts
from search.fields import FACETS, FacetField
from search.request import SearchRequest
from search.results.model import Bucket, Chip, Facet

# The model of a facet's values, which are primary keys in the index.
_MODELS: Final[Mapping[str, type[Named]]] = {
    "actor": Actor,
    "topic": Topic,
    "source": Source,
}
# The value for a slug that no row has. No row has this primary key.
_NO_ROW: Final = "0"


class FacetRows:
    """The database rows of a request's facet values, each read once.

    The constructor reads those of the request's slugs, `load` those of an answer.
    """

    def __init__(self, request: SearchRequest) -> None:
        self._rows: dict[str, dict[str, Named]] = {}
        self._selected: dict[str, dict[str, Named]] = {}
        for name, slugs in request.filters:
            # A row that only hidden articles have must look like one that none has.
            found = find_visible(_MODELS[name], slugs)
            self._selected[name] = {row.slug: row for row in found}
            self._rows[name] = {str(row.pk): row for row in found}

    def values(self, name: str, slugs: tuple[str, ...]) -> tuple[str, ...]:
        """The values in the index for *slugs*; that of an unknown slug has no hits."""
        selected = self._selected.get(name, {})
        return tuple(
            str(selected[slug].pk) if slug in selected else _NO_ROW for slug in slugs
        )

    def load(self, name: str, counts: FacetCounts) -> Mapping[str, Named]:
        """The rows of all counted values, by value; deleted rows are left out."""
        rows = self._rows.setdefault(name, {})
        missing = [value for value, _count in counts.values if value not in rows]
        named = _MODELS[name]._default_manager.only("slug", "name_ar", "name_latin")
        found = named.order_by().in_bulk([int(value) for value in missing])
        rows.update({str(pk): row for pk, row in found.items()})
        return rows

    def label(self, name: str, slug: str, language: str) -> str:
        """The name of the selected *slug*; the slug itself where no row has it."""
        row = self._selected.get(name, {}).get(slug)
        return row.label(language) if row else slug


def build_facets(
    request: SearchRequest,
    facet_rows: FacetRows,
    counts: Mapping[str, FacetCounts],
    *,
    language: str,
) -> tuple[Facet, ...]:
    """All facets in the order of ``search.fields``; *counts* are by facet."""
    return tuple(
        build_facet(field, counts[field.name], request, facet_rows, language=language)
        for field in FACETS
    )


def build_facet(
    field: FacetField,
    counts: FacetCounts,
    request: SearchRequest,
    facet_rows: FacetRows,
    *,
    language: str,
) -> Facet:
    """The facet *field* with a bucket for each counted value that has a row."""
    rows = facet_rows.load(field.name, counts)
    selected = request.selected(field.name)
    buckets = []
    for value, count in counts.values:
        row = rows.get(value)
        if row is None:
            continue
        buckets.append(
            Bucket(
                value=row.slug,
                label=row.label(language),
                count=count,
                selected=row.slug in selected,
                query_string=request.toggled(field.name, row.slug).query_string(),
            )
        )
    # A selected value has a bucket even without hits, but is not a distinct value then.
    shown = sum(1 for _value, count in counts.values if count)
    hidden = max(0, counts.distinct - shown)
    return Facet(field.name, field.label, tuple(buckets), hidden)


def build_chips(
    request: SearchRequest, rows: FacetRows, date_label: str, *, language: str
) -> tuple[Chip, ...]:
    """A chip for each value that the search is filtered by, and one for the dates."""
    labels = {row.name: row.singular for row in FACETS}
    chips = [
        Chip(labels[name], rows.label(name, slug, language), toggled.query_string())
        for name, slugs in request.filters
        for slug in slugs
        for toggled in [request.toggled(name, slug)]
    ]
    if request.date_from or request.date_to:
        without = request.with_dates("", "")
        chips.append(Chip(_("Date"), date_label, without.query_string()))
    return tuple(chips)
