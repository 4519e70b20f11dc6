"""The filters of a search as chips, each with the search without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from search.fields import FACETS
from search.request import FacetFilter, SearchRequest
from search.results.facets.dates import label_dates
from search.results.facets.model import Chip, Removal
from search.results.facets.values import FacetRows

_LABELS: Final = {row.name: row.singular for row in FACETS}
_NOT: Final = pgettext_lazy("before an excluded value", "not")
_OR: Final = pgettext_lazy("between values any of which is enough", "or")
_UNDATED: Final = gettext_lazy("undated")


def describe_chips(text: str, chips: Iterable[Chip]) -> str:
    """A query and its chips in one line; words for a search without either."""
    colon = pgettext("after a label", ":")
    named = (f"{chip.kind}{colon} {chip.text}" for chip in chips)
    semicolon = pgettext("between the parts of a question", ";")
    return f"{semicolon} ".join(part for part in (text, *named) if part) or _(
        "all articles"
    )


def list_removals(
    request: SearchRequest, rows: FacetRows, date_label: str, *, language: str
) -> tuple[Removal, ...]:
    """A chip for each value that is asked for or excluded, and for the dates."""
    facets = (
        removal
        for each in request.filters
        for removal in _of_facet(request, each, rows, language)
    )
    return (
        *facets,
        *_of_dates(request, date_label),
        *_of_others(request, language),
    )


def _of_others(request: SearchRequest, language: str) -> Iterator[Removal]:
    """A chip for each other search, named by what it asks for, in quotation marks."""
    for each in request.within:
        asked = each.request
        chips = (
            removal.chip
            for removal in list_removals(
                asked,
                FacetRows(asked),
                label_dates(asked, language=language),
                language=language,
            )
        )
        label = _("“%(text)s”") % {"text": describe_chips(asked.text, chips)}
        other = request.without_within(each)
        word = _NOT if each.is_excluded else ""
        chip = Chip(_("Other search"), label, other.query_string(), word)
        yield Removal(chip, other)


def _of_facet(
    request: SearchRequest, asked: FacetFilter, rows: FacetRows, language: str
) -> Iterator[Removal]:
    is_condition = not asked.match_any or len(asked.values) == 1
    for position, slug in enumerate(asked.values):
        word = _OR if asked.match_any and position else ""
        other = request.replace_filter(asked.toggled(slug))
        label = rows.label(asked.name, slug, language)
        chip = Chip(_LABELS[asked.name], label, other.query_string(), word)
        yield Removal(chip, other, is_condition)
    for slug in asked.excluded:
        other = request.replace_filter(asked.toggled_exclusion(slug))
        if slug in asked.values:
            # Of a value that is asked for too, the exclusion alone is taken away.
            other = other.toggled(asked.name, slug)
        label = rows.label(asked.name, slug, language)
        chip = Chip(_LABELS[asked.name], label, other.query_string(), _NOT)
        yield Removal(chip, other)


def _of_dates(request: SearchRequest, date_label: str) -> Iterator[Removal]:
    has_period = bool(request.date_from or request.date_to)
    is_condition = not (has_period and request.undated)
    if has_period:
        other = request.without_dates()
        if request.undated:
            other = request.with_undated()
        chip = Chip(_("Date"), date_label, other.query_string())
        yield Removal(chip, other, is_condition)
    if request.undated:
        other = request.without_undated()
        word = _OR if has_period else ""
        chip = Chip(_("Date"), _UNDATED, other.query_string(), word)
        yield Removal(chip, other, is_condition)


def list_impossible(
    request: SearchRequest, rows: FacetRows, *, language: str
) -> tuple[str, ...]:
    """Why no article can pass the filters of facets: a sentence for each value."""
    sentences = [
        sentence
        for other in request.within
        if not other.is_excluded
        for sentence in list_impossible(
            other.request, FacetRows(other.request), language=language
        )
    ]
    for each in request.filters:
        kind = _LABELS[each.name]
        unknown = [slug for slug in each.values if not rows.is_known(each.name, slug)]
        sentences += [
            _("The archive has nothing under “%(label)s” (%(kind)s).")
            % {"label": slug, "kind": kind}
            for slug in unknown
        ]
        sentences += [
            _("“%(label)s” (%(kind)s) contradicts another condition of the search.")
            % {"label": rows.label(each.name, slug, language), "kind": kind}
            for slug in each.contradictions
            if slug not in unknown
        ]
    return tuple(sentences)
