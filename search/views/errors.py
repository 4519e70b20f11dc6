"""Search errors to responses."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from search.errors import IndexUnavailable, QueryTooExpensive
from search.forms import SearchForm

BAD_REQUEST: Final = 400
UNAVAILABLE: Final = 503

View = Callable[..., HttpResponseBase]


def answers_search_errors(view: View) -> View:
    """A decorator: *view* with a response for each error that the searcher raises.

    A query that is too expensive gets the page of a syntax error, status 400. Where the
    index is unavailable, the page links to the archive, which needs none: status 503.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except QueryTooExpensive as error:
            form = SearchForm(request.GET)
            form.add_error("q", str(error))
            return refuse(request, form)
        except IndexUnavailable as error:
            return render(request, "503.html", {"message": error}, status=UNAVAILABLE)

    return answer


def refuse(request: HttpRequest, form: SearchForm) -> HttpResponse:
    """The page that shows the errors of *form*, still filled, with status 400."""
    return render(request, "search/refusal.html", {"form": form}, status=BAD_REQUEST)
