"""Facets: the engine's counts with names from the database.

Also from the slugs of a request to values of the index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import override, pgettext_lazy

from archive.browsing.visibility import find_visible
from archive.models import Actor, Named, Source, TextKind, Topic
from search.engines.contract import FacetCounts
from search.fields import FACETS, FacetField
from search.request import NOT_STATED, FacetFilter, SearchRequest
from search.results.facets.model import Bucket, Facet

# The model of a facet's values, which are primary keys in the index.
_MODELS: Final[Mapping[str, type[Named]]] = {
    "actor": Actor,
    "topic": Topic,
    "source": Source,
}
# The facet whose values are choices, not rows.
_KIND: Final = "kind"
# The value for a slug that no row has. No row has this primary key.
_NO_ROW: Final = "0"
NOT_STATED_LABEL: Final = pgettext_lazy("no value of a facet", "not stated")


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of text as a value of its facet; the index has the kind itself."""

    pk: str

    @property
    def slug(self) -> str:
        """The value in addresses."""
        return self.pk

    def label(self, language: str) -> str:
        """The name of the kind."""
        with override(language):
            return str(TextKind(self.pk).label)


Row = Named | KindRow


def _find_rows(name: str, slugs: Sequence[str]) -> Sequence[Row]:
    """The rows of these slugs that readers may see."""
    if name == _KIND:
        return [KindRow(slug) for slug in slugs if slug in TextKind.values]
    return find_visible(_MODELS[name], slugs)


class FacetRows:
    """The database rows of a request's facet values, each read once.

    The constructor reads those of the request's slugs, `load` those of an answer.
    """

    def __init__(self, request: SearchRequest) -> None:
        self._rows: dict[str, dict[str, Row]] = {}
        self._selected: dict[str, dict[str, Row]] = {}
        for each in request.filters:
            slugs = {*each.values, *each.excluded} - {NOT_STATED}
            # A row that only hidden articles have must look like one that none has.
            found = _find_rows(each.name, sorted(slugs))
            self._selected[each.name] = {row.slug: row for row in found}
            self._rows[each.name] = {str(row.pk): row for row in found}

    def in_index(self, wanted: FacetFilter) -> FacetFilter:
        """The filter with values of the index; that of an unknown slug has no hits."""
        return replace(
            wanted,
            values=self._values(wanted.name, wanted.values),
            excluded=self._values(wanted.name, wanted.excluded),
        )

    def _values(self, name: str, slugs: tuple[str, ...]) -> tuple[str, ...]:
        selected = self._selected.get(name, {})
        return tuple(
            str(selected[slug].pk)
            if slug in selected
            else (slug if slug == NOT_STATED else _NO_ROW)
            for slug in slugs
        )

    def is_known(self, name: str, slug: str) -> bool:
        """Whether the selected *slug* is that of a row, or stands for having none."""
        return slug == NOT_STATED or slug in self._selected.get(name, {})

    def load(self, name: str, counts: FacetCounts) -> Mapping[str, Row]:
        """The rows of all counted values, by value; deleted rows are left out."""
        rows = self._rows.setdefault(name, {})
        missing = [value for value, _count in counts.values if value not in rows]
        if name == _KIND:
            # _NO_ROW, which stands for an unknown slug, is no kind.
            kinds = map(KindRow, filter(TextKind.values.__contains__, missing))
            rows.update({kind.pk: kind for kind in kinds})
            return rows
        named = _MODELS[name]._default_manager.only("slug", "name_ar", "name_latin")
        found = named.order_by().in_bulk([int(value) for value in missing])
        rows.update({str(pk): row for pk, row in found.items()})
        return rows

    def label(self, name: str, slug: str, language: str) -> str | Promise:
        """The name of the selected *slug*; the slug itself where no row has it."""
        if slug == NOT_STATED:
            return NOT_STATED_LABEL
        row = self._selected.get(name, {}).get(slug)
        return row.label(language) if row else slug


def build_facets(
    request: SearchRequest,
    facet_rows: FacetRows,
    counts: Mapping[str, FacetCounts],
    *,
    language: str,
) -> tuple[Facet, ...]:
    """The facets in the order of ``search.fields``; *counts* are by facet.

    An optional one that no hit has a value of, and nobody has chosen of, is left out.
    """
    return tuple(
        build_facet(field, counts[field.name], request, facet_rows, language=language)
        for field in FACETS
        if not field.is_optional
        or counts[field.name].values
        or request.filter_of(field.name)
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
    asked = request.filter_of(field.name)
    # A value that is asked for and excluded is counted twice.
    named = ((rows.get(value), count) for value, count in dict(counts.values).items())
    buckets = [
        _build_bucket(request, asked, (row.slug, row.label(language), count))
        for row, count in named
        if row is not None
    ]
    if counts.missing or NOT_STATED in (*asked.values, *asked.excluded):
        value = (NOT_STATED, NOT_STATED_LABEL, counts.missing)
        buckets.append(_build_bucket(request, asked, value))
    # A selected value has a bucket even without hits, but is not a distinct value then.
    shown = sum(1 for _value, count in counts.values if count)
    return Facet(
        field.name,
        field.label,
        tuple(buckets),
        hidden=max(0, counts.distinct - shown),
        has_many=field.has_many,
        match_any=asked.match_any,
    )


def _build_bucket(
    request: SearchRequest, asked: FacetFilter, value: tuple[str, str | Promise, int]
) -> Bucket:
    """The bucket of a slug with its label and count, under the filter *asked*."""
    slug, label, count = value
    return Bucket(
        value=slug,
        label=label,
        count=count,
        selected=slug in asked.values,
        query_string=request.replace_filter(asked.toggled(slug)).query_string(),
        excluded=slug in asked.excluded,
        exclusion=request.replace_filter(asked.toggled_exclusion(slug)).query_string(),
    )
