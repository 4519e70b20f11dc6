"""A request to what it takes away, and the page that says why nothing is."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from search.taking import NotTaken, Taken, read_taken
from search.views.errors import BAD_REQUEST, refuse
from search.views.readers import read_basket


def taken_from(request: HttpRequest, parameters: QueryDict) -> Taken:
    """What *parameters* ask for, the basket being the reader's own; raises NotTaken."""
    return read_taken(parameters, basket=lambda: read_basket(request))


def show_refusal(request: HttpRequest, refusal: NotTaken) -> HttpResponse:
    """The page that says why, with status 400."""
    if refusal.form:
        return refuse(request, refusal.form)
    context = {"sentence": refusal.sentence}
    return render(request, "search/not_taken.html", context, status=BAD_REQUEST)
