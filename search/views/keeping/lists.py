"""Lists under a link: making one of the basket, changing it, taking it back."""

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
from search import keeping
from search.keeping import (
    LIFE_OF_VISITORS,
    MOST_OF_VISITOR,
    SharedListForm,
    TooManyLists,
    list_ids,
    share,
)
from search.models import SharedList
from search.taking import NotTaken
from search.views.errors import BAD_REQUEST
from search.views.readers import find_keeper
from search.views.taking.asked import show_refusal

PAGE_SIZE: Final = 50
GONE: Final = 410


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """A shared list, for whoever has the link; 404 where it is not shared any more."""
    shared = SharedList.objects.standing().filter(key=key).first()
    if shared is None:
        return render(request, "keeping/no_list.html", status=404)
    public = Article.objects.published_among(shared.article_ids)
    known = set(public.order_by().values_list("pk", flat=True))
    numbers = [pk for pk in shared.article_ids if pk in known]
    page = Paginator(numbers, PAGE_SIZE).get_page(request.GET.get("page"))
    found = Article.objects.for_entries().in_bulk(page.object_list)
    context = {
        "shared": shared,
        "page": page,
        "articles": [found[pk] for pk in page.object_list if pk in found],
        "address": request.build_absolute_uri(
            reverse("search:shared_list", args=[key])
        ),
        "is_own": _own_lists(request).filter(pk=shared.pk).exists(),
    }
    return render(request, "keeping/list.html", context)


@require_safe
def list_own(request: HttpRequest) -> HttpResponse:
    """The lists that the reader shares."""
    lists = [
        (
            shared,
            request.build_absolute_uri(
                reverse("search:shared_list", args=[shared.key])
            ),
        )
        for shared in _own_lists(request)
    ]
    return render(request, "keeping/lists.html", {"lists": lists})


def _own_lists(request: HttpRequest) -> QuerySet[SharedList]:
    """The lists that the reader may change."""
    keeper = find_keeper(request)
    if keeper is not None:
        return keeping.list_own(keeper)
    return SharedList.objects.none()


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """The form that shares the basket under a link; with POST, share it."""
    keeper = find_keeper(request)
    numbers = list_ids(keeper) if keeper else []
    if keeper is None or not numbers:
        messages.info(request, _("Your basket is empty: add articles to it first."))
        return redirect("search:basket")
    form = SharedListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shared = share(form.save(commit=False), keeper, numbers)
        except TooManyLists:
            return _refuse_more(request)
        return redirect("search:shared_list", shared.key)
    return _show_form(request, form, len(numbers))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The form of a shared list; with POST, change it under the same link."""
    shared = get_object_or_404(_own_lists(request), key=key)
    form = SharedListForm(request.POST or None, instance=shared)
    if request.method == "POST" and form.is_valid():
        form.save(commit=False)
        keeper = find_keeper(request)
        if form.cleaned_data["takes_basket"] and keeper:
            shared.article_ids = list_ids(keeper) or shared.article_ids
        shared.save()
        return redirect("search:shared_list", shared.key)
    return _show_form(request, form, len(shared.article_ids))


@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Take a list back: its link leads nowhere from now on."""
    get_object_or_404(_own_lists(request), key=key).delete()
    messages.success(request, _("The list is not shared any more."))
    return redirect("search:shared_lists")


def _show_form(request: HttpRequest, form: SharedListForm, total: int) -> HttpResponse:
    status = BAD_REQUEST if form.is_bound else None
    context = {"form": form, "total": total, "days": LIFE_OF_VISITORS.days}
    return render(request, "keeping/share.html", context, status=status)


def _refuse_more(request: HttpRequest) -> HttpResponse:
    sentence = ngettext(
        "Without an account you may share %(most)s list at a time. Share one no"
        " longer, or sign in.",
        "Without an account you may share %(most)s lists at a time. Share one no"
        " longer, or sign in.",
        MOST_OF_VISITOR,
    )
    return show_refusal(request, NotTaken(sentence % {"most": number(MOST_OF_VISITOR)}))
