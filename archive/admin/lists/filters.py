"""Filters of the list of articles that remain usable with a large archive."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Field, Max, Min, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.forms.choices import describe_choices
from archive.admin.forms.languages import LANGUAGES
from archive.browsing.year_ranges import (
    YEARS_IN_A_DECADE,
    YearRange,
    decade_of,
    parse_year_range,
)
from archive.models import TopicTree

UNKNOWN = "unknown"


class PeriodFilter(admin.SimpleListFilter):
    """Filters by decade, by year within the chosen decade, or by missing date."""

    title = _("date of publication")
    parameter_name = "period"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        # Of the articles in the list, not of drafts that the account may not see.
        ends = model_admin.get_queryset(request).aggregate(
            first=Min("published_on"), last=Max("published_on")
        )
        choices: list[tuple[str, str]] = []
        if ends["first"]:
            first, last = ends["first"].year, ends["last"].year
            start = first - first % YEARS_IN_A_DECADE
            for year in range(start, last + 1, YEARS_IN_A_DECADE):
                choices += self._list_decade(decade_of(year))
        return [*choices, (UNKNOWN, gettext("without a date"))]

    def _list_decade(self, decade: YearRange) -> list[tuple[str, str]]:
        """The choice of a decade, and those of its years if one of them is chosen."""
        choices = [(decade.key, f"{decade.first}–{decade.last}")]
        chosen = parse_year_range(self.value() or "")
        if chosen is not None and chosen.first in decade:
            years = range(decade.first, decade.last + 1)
            choices += [(YearRange(year, year).key, f"— {year}") for year in years]
        return choices

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        period = self.value()
        if period is None:
            return queryset
        if period == UNKNOWN:
            return queryset.filter(published_on__isnull=True)
        years = parse_year_range(period)
        if years is None:
            raise IncorrectLookupParameters(period)
        return queryset.filter(published_on__range=years.days())


class LanguageFilter(admin.SimpleListFilter):
    """Filters by language; offers all of `LANGUAGES`, since a query would scan rows."""

    title = _("language")
    parameter_name = "language"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, Any]]:
        return list(LANGUAGES.items())

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        language = self.value()
        return queryset if language is None else queryset.filter(language=language)


class SourceKindFilter(admin.ChoicesFieldListFilter):
    """Filters by kind of source, under a title of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("kind of source")


class ChosenFilter(admin.FieldListFilter):
    """Filters by a related row, which is chosen in an autocomplete field."""

    template = "admin/archive/chosen_filter.html"

    def __init__(
        self,
        field: "Field[Any, Any]",
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[Any],
        model_admin: "admin.ModelAdmin[Any]",
        field_path: str,
    ) -> None:
        self.parameter = f"{field_path}__id__exact"
        self.model_admin = model_admin
        super().__init__(field, request, params, model, model_admin, field_path)

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter]

    def has_output(self) -> bool:
        return True

    def chosen_id(self) -> int | None:
        """The id in the query string. Raises IncorrectLookupParameters if invalid."""
        values: Any = self.used_parameters.get(self.parameter)
        if not values:
            return None
        try:
            return int(values[-1])
        except ValueError as error:
            raise IncorrectLookupParameters(error) from error

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """One item for the template: the input, hidden parameters, a link to reset."""
        related: Any = self.field.remote_field
        site = self.model_admin.admin_site
        choice = forms.ModelChoiceField(
            related.model.objects.all(),
            required=False,
            widget=AutocompleteSelect(self.field, site),
        )
        describe_choices(choice, site)
        input_id = f"filter-{self.field_path}"
        yield {
            "input": choice.widget.render(
                self.parameter, self.chosen_id(), {"id": input_id, "data-width": "100%"}
            ),
            "input_id": input_id,
            "other_parameters": [
                (name, value)
                for name, values in changelist.filter_params.items()
                for value in values
                if name != self.parameter
            ],
            "query_string": changelist.get_query_string(remove=[self.parameter]),
            "selected": self.chosen_id() is not None,
        }

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        chosen = self.chosen_id()
        if chosen is None:
            return queryset
        return queryset.filter(**{f"{self.field_path}__in": self.ids(chosen)})

    def ids(self, chosen: int) -> list[int]:
        """Ids of the related rows that match the chosen one."""
        return [chosen]


class TopicFilter(ChosenFilter):
    """Filters by a topic and its descendants, as the site's pages do."""

    def ids(self, chosen: int) -> list[int]:
        return TopicTree.load().with_descendants(chosen)
