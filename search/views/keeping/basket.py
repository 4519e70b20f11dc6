"""The basket: its page, adding, notes, removing, emptying."""

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from archive.models import Article
from archive.templatetags.display import number
from search.keeping import MOST_ARTICLES, MOST_NOTE, BasketFull, add_articles
from search.models import BasketItem
from search.taking import NotTaken
from search.views.errors import BAD_REQUEST, answers_search_errors
from search.views.readers import find_keeper, obtain_keeper, safe_next
from search.views.taking.asked import show_refusal, taken_from

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class BasketRow:
    """What is kept, and its article; None where that is not public any more."""

    item: BasketItem
    article: Article | None


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The reader's basket with notes, a page of it at a time, last added first."""
    keeper = find_keeper(request)
    items = keeper.basket.order_by("-pk") if keeper else BasketItem.objects.none()
    page = Paginator(items, PAGE_SIZE).get_page(request.GET.get("page"))
    ids = [item.article_id for item in page.object_list]
    found = Article.objects.published_among(ids).for_entries().in_bulk()
    context = {
        "page": page,
        "rows": [
            BasketRow(item, found.get(item.article_id)) for item in page.object_list
        ],
        "total": page.paginator.count,
        "most_note": MOST_NOTE,
    }
    return render(request, "keeping/basket.html", context)


@require_POST
@answers_search_errors
def add(request: HttpRequest) -> HttpResponse:
    """Add an article, the chosen ones, or all of a search; then go back."""
    try:
        taken = taken_from(request, request.POST)
    except NotTaken as refusal:
        return show_refusal(request, refusal)
    if taken.total > MOST_ARTICLES:
        return _refuse_full(request)
    try:
        added = add_articles(obtain_keeper(request), taken.iter_ids())
    except BasketFull:
        return _refuse_full(request)
    messages.success(request, _tell_added(added, taken.total))
    return redirect(safe_next(request, reverse("search:basket")))


def _tell_added(added: int, asked: int) -> str:
    if not added:
        return ngettext(
            "The article is in your basket already.",
            "The articles are in your basket already.",
            asked,
        )
    return ngettext(
        "%(shown)s article was added to your basket.",
        "%(shown)s articles were added to your basket.",
        added,
    ) % {"shown": number(added)}


def _refuse_full(request: HttpRequest) -> HttpResponse:
    sentence = ngettext(
        "A basket holds at most %(shown)s article, so nothing was added. Narrow the"
        " search, or save it or cite it instead.",
        "A basket holds at most %(shown)s articles, so nothing was added. Narrow the"
        " search, or save it or cite it instead.",
        MOST_ARTICLES,
    )
    return show_refusal(request, NotTaken(sentence % {"shown": number(MOST_ARTICLES)}))


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the reader has written about article *pk*, which is in the basket."""
    item = get_object_or_404(_own_items(request), article_id=pk)
    written = request.POST.get("note", "")
    text = written.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > MOST_NOTE:
        context = {"item": item, "text": text, "most": MOST_NOTE}
        return render(request, "keeping/long_note.html", context, status=BAD_REQUEST)
    item.note = text
    item.save(update_fields=["note"])
    messages.success(
        request, _("Your note is kept.") if text else _("No note is kept.")
    )
    return redirect(safe_next(request, reverse("search:basket")))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take article *pk* out; one with a note after a question only."""
    item = get_object_or_404(_own_items(request), article_id=pk)
    if request.method != "POST" or (item.note and "sure" not in request.POST):
        article = Article.objects.published().filter(pk=pk).only("title").first()
        context = {
            "item": item,
            "article": article,
            "next": safe_next(request, reverse("search:basket")),
        }
        return render(request, "keeping/remove.html", context)
    item.delete()
    messages.success(request, _("The article was taken out of your basket."))
    return redirect(safe_next(request, reverse("search:basket")))


@require_http_methods(["GET", "HEAD", "POST"])
def empty(request: HttpRequest) -> HttpResponse:
    """The question whether to empty the basket; with POST, empty it."""
    items = _own_items(request)
    if request.method != "POST":
        context = {"total": items.count(), "notes": items.exclude(note="").count()}
        return render(request, "keeping/empty.html", context)
    items.delete()
    messages.success(request, _("Your basket is empty."))
    return redirect("search:basket")


def _own_items(request: HttpRequest) -> QuerySet[BasketItem]:
    keeper = find_keeper(request)
    return keeper.basket.all() if keeper else BasketItem.objects.none()
