"""Parameters of the API, checked before a form of the site reads them.

Pages ignore what they do not know. A program that misspells ``source`` would count the
whole archive without noticing: here an unknown parameter is a problem.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from ninja import Field, Schema
from pydantic import create_model, field_validator

from search.api.problems import BAD_PARAMETER, BAD_QUERY, Problem
from search.fields import FACETS
from search.forms import MAX_PAGE_DIGITS, SearchForm
from search.query import Level
from search.request import (
    EXCLUDED_PREFIX,
    WITHIN_KEYS,
    SearchRequest,
    Sort,
    read_as_of,
)

MAX_PAGE: Final = 10**MAX_PAGE_DIGITS - 1
# By pydantic's names of errors, and with its names of what they tell.
_ERRORS: Final[Mapping[str, Promise]] = {
    "literal_error": gettext_lazy("Possible values: %(expected)s."),
    "greater_than_equal": gettext_lazy("It is at least %(ge)s."),
    "less_than_equal": gettext_lazy("It is at most %(le)s."),
    "int_parsing": gettext_lazy("It is a whole number in digits."),
    "int_parsing_size": gettext_lazy("It is a whole number in digits."),
    "bool_parsing": gettext_lazy("It is true or false."),
    "value_error": gettext_lazy("It is a day such as 1923-02-03."),
}
_SLUG: Final = gettext_noop(
    "As in the address of its page; ~ for articles without any. Repeatable."
)
_DATE: Final = gettext_noop(
    "A date as people write it: 1923, 1923-02, شباط 1923, رمضان 1345."
)
_EXCLUDED: Final = gettext_noop(
    "What articles must not have, as in the address of its page. Repeatable."
)
_WITHIN: Final = gettext_noop(
    "Another search that must find the articles, as in the address of its page:"
    " `q=نفط&source=hayat`. Repeatable."
)
_NOT_WITHIN: Final = gettext_noop(
    "Another search that must not find the articles. Repeatable."
)


class _Search(Schema):
    """What the page of results takes."""

    q: str = Field(
        "", description=gettext_noop("The query, as in the search box of the site.")
    )
    level: Literal[tuple(level.value for level in Level)] = Field(  # type: ignore[valid-type]
        Level.FAMILY.value, description=gettext_noop("How strictly words match.")
    )
    date_from: str = Field("", alias="from", description=_DATE)
    date_to: str = Field("", alias="to", description=_DATE)
    as_of: str = Field(
        "",
        description=gettext_noop("The day from which relative dates count."),
        json_schema_extra={"format": "date"},
    )
    undated: Literal["", "1"] = Field(
        "",
        description=gettext_noop(
            "1: articles without a date too; alone where no dates are."
        ),
    )
    any: list[Literal[tuple(row.name for row in FACETS)]] = Field(  # type: ignore[valid-type]
        [],
        description=gettext_noop(
            "Facets of which any of the values is enough. Repeatable."
        ),
    )
    within: list[str] = Field([], description=_WITHIN)
    not_within: list[str] = Field([], alias="-within", description=_NOT_WITHIN)

    @field_validator("as_of")
    @classmethod
    def check_day(cls, text: str) -> str:
        """The day of an ISO date; raises ValueError for anything else."""
        if text and read_as_of(text) is None:
            raise ValueError(text)
        return text


def _facet_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for row in FACETS:
        fields[row.name] = list[str], Field([], description=_SLUG)
        excluded: Any = Field(
            [], alias=f"{EXCLUDED_PREFIX}{row.name}", description=_EXCLUDED
        )
        fields[f"not_{row.name}"] = list[str], excluded
    return fields


Filters = create_model("Filters", __base__=_Search, **_facet_fields())


class Paging(Schema):
    """The order of the hits, and the page."""

    sort: Literal[tuple(sort.value for sort in Sort)] = Field(  # type: ignore[valid-type]
        Sort.RELEVANCE.value, description=gettext_noop("The order of the hits.")
    )
    page: int = Field(
        1, ge=1, le=MAX_PAGE, description=gettext_noop("From 1; 20 hits each.")
    )


class Steps(Schema):
    """Where a list begins, and how much of it is wanted."""

    cursor: str = Field(
        "", description=gettext_noop("`cursor` of the answer before, or empty.")
    )
    limit: int = Field(
        100, ge=1, le=500, description=gettext_noop("At most so many at a time.")
    )


class Walking(Steps):
    """The same, for articles."""

    text: bool = Field(False, description=gettext_noop("With the texts."))


def describe_error(kind: str, context: Mapping[str, object]) -> str:
    """What is wrong with a value, by pydantic's name of the error."""
    sentence = _ERRORS.get(kind, _("Its form is not valid."))
    told = {name: str(value).replace(" or ", ", ") for name, value in context.items()}
    return str(sentence) % told if told else str(sentence)


def read_search(parameters: QueryDict) -> SearchRequest:
    """The search of these parameters, read as the page reads them; raises Problem."""
    form = SearchForm(parameters)
    if form.is_valid():
        return form.search_request
    if "q" in form.errors:
        detail = " ".join(map(str, form.errors["q"]))
        more: dict[str, object] = {"correction": form.correction}
        raise Problem(BAD_QUERY, detail, more if form.correction else {})
    # What belongs to no field of the form is of the searches around this one.
    of_others = form.errors.get(NON_FIELD_ERRORS)
    detail = " ".join(map(str, of_others)) if of_others else _("A date cannot be read.")
    errors = [
        {
            "parameter": WITHIN_KEYS[0]
            if name == NON_FIELD_ERRORS
            else form.add_prefix(name),
            "detail": " ".join(map(str, said)),
        }
        for name, said in form.errors.items()
    ]
    raise Problem(BAD_PARAMETER, detail, {"errors": errors})
