"""A request to what it takes away, and the page that says why nothing is."""

from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from search.export.limits import export_limit_notice
from search.forms import SearchForm
from search.taking import NotTaken, Taken, read_taken
from search.views.errors import BAD_REQUEST, refuse
from search.views.readers import read_basket

# The value of the parameter ``raw`` that asks for a table for programs.
RAW: Final = "1"


def taken_from(request: HttpRequest, parameters: QueryDict) -> Taken:
    """What *parameters* ask for, the basket being the reader's own; raises NotTaken."""
    return read_taken(parameters, basket=lambda: read_basket(request))


def show_refusal(request: HttpRequest, refusal: NotTaken) -> HttpResponse:
    """The page that says why, with status 400."""
    if refusal.form:
        return refuse(request, refusal.form)
    context = {"sentence": refusal.sentence}
    return render(request, "search/not_taken.html", context, status=BAD_REQUEST)


def refuse_length(request: HttpRequest, taken: Taken) -> HttpResponse:
    """The page that says that the file would be too long, with status 400."""
    form = SearchForm(request.GET or request.POST)
    form.is_valid()
    context = {
        "form": form,
        "taken": taken,
        "total": taken.total,
        "notice": export_limit_notice(taken.total, request.user),
    }
    return render(request, "search/export_refused.html", context, status=BAD_REQUEST)
