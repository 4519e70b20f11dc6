"""Filters of the list of articles that stay usable when the archive has grown."""

import re
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
from archive.models import TopicTree

YEARS_IN_A_DECADE = 10
# 1920s, 1923
_PERIOD_RE = re.compile(r"([12][0-9]{3})(s?)")
UNKNOWN = "unknown"


class PeriodFilter(admin.SimpleListFilter):
    """Decades, and below the chosen one its years; articles without a date."""

    title = _("date of publication")
    parameter_name = "period"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        # Of the articles in the list: others' drafts have years of their own.
        span = model_admin.get_queryset(request).aggregate(
            first=Min("published_on"), last=Max("published_on")
        )
        choices: list[tuple[str, str]] = []
        if span["first"]:
            chosen = self._chosen_decade()
            first = _decade_of(span["first"].year)
            for decade in range(first, span["last"].year + 1, YEARS_IN_A_DECADE):
                first_year, last_year = _ends(decade)
                choices.append((f"{decade}s", f"{first_year}–{last_year}"))
                if decade == chosen:
                    choices += [(str(y), f"— {y}") for y in _years_of(decade)]
        return [*choices, (UNKNOWN, gettext("without a date"))]

    def _chosen_decade(self) -> int | None:
        match = _PERIOD_RE.fullmatch(self.value() or "")
        return _decade_of(int(match[1])) if match else None

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        period = self.value()
        if period is None:
            return queryset
        if period == UNKNOWN:
            return queryset.filter(published_on__isnull=True)
        match = _PERIOD_RE.fullmatch(period)
        if match is None:
            raise IncorrectLookupParameters(period)
        year = int(match[1])
        first, last = _ends(_decade_of(year)) if match[2] else (year, year)
        return queryset.filter(
            published_on__year__gte=first, published_on__year__lte=last
        )


def _decade_of(year: int) -> int:
    return year - year % YEARS_IN_A_DECADE


def _ends(decade: int) -> tuple[int, int]:
    return decade, decade + YEARS_IN_A_DECADE - 1


def _years_of(decade: int) -> range:
    return range(decade, decade + YEARS_IN_A_DECADE)


class LanguageFilter(admin.SimpleListFilter):
    """The known languages, by name: to ask which occur would read every article."""

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
    """The kinds of source, under a heading that says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("kind of source")


class ChosenFilter(admin.FieldListFilter):
    """One related row, found by typing its name instead of reading all names."""

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
        """The id in the address; raises IncorrectLookupParameters where it is none."""
        values: Any = self.used_parameters.get(self.parameter)
        if not values:
            return None
        try:
            return int(values[-1])
        except ValueError as error:
            raise IncorrectLookupParameters(error) from error

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """One entry for the template: the input, what else to keep, the way out."""
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
            "kept": [
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
        """Ids of the related rows that count as the chosen one."""
        return [chosen]


class TopicFilter(ChosenFilter):
    """One topic with all those below it, as readers find it on the site."""

    def ids(self, chosen: int) -> list[int]:
        return TopicTree.load().with_descendants(chosen)
