"""Earlier searches: their page, forgetting them, and whether they are noted."""

import logging
from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archive.faults.database import is_outage
from search.keeping import NotedSearch, note, take_in_noted
from search.models import Keeper, PastSearch
from search.results.facets import describe_chips
from search.results.model import SearchResults
from search.views.readers import find_keeper, obtain_keeper

_logger = logging.getLogger(__name__)

PAGE_SIZE: Final = 50
_MAX_DIGITS: Final = 18


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The reader's searches, the last one first."""
    _take_in()
    keeper = find_keeper(request)
    searches = keeper.searches.all() if keeper else PastSearch.objects.none()
    page = Paginator(searches, PAGE_SIZE).get_page(request.GET.get("page"))
    # Of an account, searches are noted from its first visit on.
    remembers = keeper.remembers if keeper else request.user.is_authenticated
    context = {"page": page, "remembers": remembers}
    return render(request, "keeping/history.html", context)


def note_search(request: HttpRequest, found: SearchResults) -> None:
    """Note a search for a reader whose searches are noted, from its first page.

    Where it cannot be noted, the reader has the page all the same.
    """
    try:
        search = _describe(request, found)
        if search is not None:
            note(search)
    except OSError as error:
        _logger.warning("A search was not noted: %s", error)
    except DatabaseError as error:
        if not is_outage(error):
            raise
        _logger.warning("A search was not noted: %s", error)


def _describe(request: HttpRequest, found: SearchResults) -> NotedSearch | None:
    """What is noted of a search; None where nothing is."""
    asked = found.request
    query_string = asked.query_string()
    if request.method != "GET" or asked.page > 1 or not query_string:
        return None
    keeper = find_keeper(request)
    # Of an account, searches are noted from its first visit on.
    remembers = keeper.remembers if keeper else request.user.is_authenticated
    if not remembers:
        return None
    return NotedSearch(
        user=request.user.pk,
        keeper=keeper.pk if keeper else None,
        query_string=query_string,
        question=describe_chips(asked.text, found.chips),
        # Without hits, the rows may be those of a wider search.
        total=0 if found.help.relaxation else found.total,
        searched_at=timezone.now().isoformat(),
    )


def _take_in() -> None:
    """Write the searches that wait; while the database is out, they go on waiting."""
    try:
        take_in_noted()
    except DatabaseError as error:
        if not is_outage(error):
            raise
        _logger.warning("Noted searches wait: %s", error)


@require_POST
def change(request: HttpRequest, action: str) -> HttpResponse:
    """Begin or end noting, forget all searches or one; 404 for another action."""
    act = _ACTIONS.get(action)
    if act is None:
        raise Http404(action)
    # What is forgotten must not come back.
    take_in_noted()
    messages.success(request, act(request, obtain_keeper(request)))
    return redirect("search:history")


def _begin(request: HttpRequest, keeper: Keeper) -> str:
    _set_remembers(keeper, remembers=True)
    return _("Your searches are noted from now on.")


def _end(request: HttpRequest, keeper: Keeper) -> str:
    _set_remembers(keeper, remembers=False)
    return _("Your searches are not noted any more. Those of before are still here.")


def _forget_all(request: HttpRequest, keeper: Keeper) -> str:
    keeper.searches.all().delete()
    return _("Your earlier searches are forgotten.")


def _forget_one(request: HttpRequest, keeper: Keeper) -> str:
    written = request.POST.get("search", "")
    if written.isascii() and written.isdecimal() and len(written) <= _MAX_DIGITS:
        keeper.searches.filter(pk=int(written)).delete()
    return _("The search is forgotten.")


def _set_remembers(keeper: Keeper, *, remembers: bool) -> None:
    keeper.remembers = remembers
    keeper.save(update_fields=["remembers"])


_ACTIONS: Final[dict[str, Callable[[HttpRequest, Keeper], str]]] = {
    "begin": _begin,
    "end": _end,
    "forget-all": _forget_all,
    "forget": _forget_one,
}
