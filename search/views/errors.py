"""The pages that answer a search that cannot be run."""

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
    """*view*, with a page for each error that a searcher may raise.

    A query that costs too much is refused like one that cannot be read; when the
    index fails, the page says so and leads to the archive, which can be browsed.
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
    """The page that says what is wrong with a search, with the form still filled."""
    return render(request, "search/refusal.html", {"form": form}, status=BAD_REQUEST)
