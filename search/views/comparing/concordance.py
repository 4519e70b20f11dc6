"""The concordance of a search: a page of lines, and all of them as CSV."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from search import searcher
from search.concordance import (
    Page,
    iter_lines,
    list_labels,
    read_options,
    read_page,
    write_table,
)
from search.engines.corpus import ContextOrder
from search.export.limits import export_limit_notice, limit_for
from search.forms import SearchForm
from search.views.comparing.files import send_table
from search.views.errors import answers_search_errors, refuse

NOT_FOUND: Final = 404
ORDERS: Final[dict[ContextOrder, Promise]] = {
    ContextOrder.OLDEST: _("the oldest first"),
    ContextOrder.NEWEST: _("the newest first"),
    ContextOrder.BEFORE: _("the words before"),
    ContextOrder.AFTER: _("the words after"),
    ContextOrder.WORD: _("the word itself"),
}


@require_safe
@answers_search_errors
def concordance(request: HttpRequest) -> HttpResponse:
    """A page of the words of the search in the address, in their contexts."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return refuse(request, form)
    search = form.search_request
    labels = list_labels(search.query)
    options = read_options(request.GET.dict(), words=len(labels))
    context = {"form": form, "options": options, "orders": ORDERS.items()}
    if not labels:
        return render(request, "comparing/concordance.html", context)
    with searcher.page_time():
        page = read_page(search, options)
    past_end = options.page > page.page_count
    context |= {
        "page": page,
        "past_end": past_end,
        "question": searcher.describe_question(search, language=_language()),
        "csv": _query_string(page),
        "notice": export_limit_notice(page.total, request.user),
        "fits": page.total <= limit_for(request.user),
    }
    status = NOT_FOUND if past_end else None
    return render(request, "comparing/concordance.html", context, status=status)


@require_safe
@answers_search_errors
def concordance_csv(request: HttpRequest) -> HttpResponseBase:
    """The lines as CSV, in the same order, as many as a file holds."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return refuse(request, form)
    search = form.search_request
    options = read_options(request.GET.dict(), words=len(list_labels(search.query)))
    lines = iter_lines(search, options, most=limit_for(request.user))
    site = request.build_absolute_uri("/").rstrip("/")
    return send_table(request, write_table(lines, site), search.text)


def _query_string(page: Page) -> str:
    """The search and the order, for the file."""
    return urlencode([*page.request.pairs(), *page.options.pairs()])


def _language() -> str:
    return get_language() or "ar"
