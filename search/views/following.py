"""Saved searches: their list, what is new to each, and stopping their e-mails."""

from dataclasses import replace
from typing import Final

from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from archive.models import Article
from search import searcher
from search.following import (
    SavedSearchForm,
    note_visit,
    read_token,
    seen_until,
    take_in,
)
from search.forms import SearchForm
from search.models import Frequency, SavedSearch
from search.views.errors import answers_search_errors, refuse

# Articles that the page of a saved search lists; it counts the others.
MOST_LISTED: Final = 100
BAD_REQUEST: Final = 400
# SQLite's integers end after as many digits.
_MAX_DIGITS: Final = 18


@require_safe
@login_required
def list_saved(request: HttpRequest) -> HttpResponse:
    """The saved searches of the reader, with how many articles are new to each."""
    rows = [(saved, _count_new(saved)) for saved in _own(request)]
    return render(request, "following/list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@answers_search_errors
def save(request: HttpRequest) -> HttpResponse:
    """The form that saves the search in the address; with POST, save it."""
    search = SearchForm(request.GET)
    if not search.is_valid():
        return refuse(request, search)
    asked = replace(search.search_request, page=1)
    question = searcher.describe_question(asked, language=get_language() or "ar")
    form = SavedSearchForm(
        request.POST or None,
        owner=_reader(request),
        initial={"name": question[: SavedSearchForm.MAX_NAME]},
    )
    if request.method == "POST" and form.is_valid():
        saved = form.save(commit=False)
        saved.owner = _reader(request)
        saved.query_string = asked.query_string()
        saved.language = get_language() or "ar"
        saved.site_address = request.build_absolute_uri("/").rstrip("/")
        # What is there now is not new.
        saved.baseline = take_in()
        saved.save()
        return redirect("search:saved")
    return _show_form(request, form, question)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a saved search; with POST, change it."""
    saved = get_object_or_404(_own(request), pk=pk)
    form = SavedSearchForm(request.POST or None, owner=_reader(request), instance=saved)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("search:saved")
    return _show_form(request, form, saved.name)


@require_safe
@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What is new to a saved search since the last visit of its owner to this page."""
    saved = get_object_or_404(_own(request), pk=pk)
    now = timezone.now()
    alerts = saved.alerts.filter(pk__gt=seen_until(saved, now))
    numbers = list(alerts.values_list("article_id", "pk"))
    public = Article.objects.published_among(alerts.values("article_id"))
    known = set(public.order_by().values_list("pk", flat=True))
    new = [(each, alert) for each, alert in numbers if each in known]
    listed = new[:MOST_LISTED]
    found = Article.objects.for_entries().in_bulk([each for each, _ in listed])
    # What is counted and not listed has not been seen.
    last = listed[-1][1] if listed else 0
    if request.method == "GET":
        note_visit(saved, last, now)
    context = {
        "saved": saved,
        "articles": [found[each] for each, _ in listed if each in found],
        "total": len(new),
        "last": last,
    }
    return render(request, "following/show.html", context)


@require_POST
@login_required
def mark_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Count what is new from the alert after ``last`` on, which the page had shown."""
    saved = get_object_or_404(_own(request), pk=pk)
    last = request.POST.get("last", "")
    if last.isascii() and last.isdecimal() and len(last) <= _MAX_DIGITS:
        own = saved.alerts.filter(pk__lte=int(last)).aggregate(last=Max("pk"))["last"]
        saved.seen = max(saved.seen, own or 0)
        saved.save(update_fields=["seen"])
    return redirect("search:saved")


@require_POST
@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a saved search and what was noted for it."""
    get_object_or_404(_own(request), pk=pk).delete()
    return redirect("search:saved")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_alerts(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the e-mails of a saved search, by a link in one of them; 404 for no link.

    The link asks first, for programs open links of e-mails too; a mail program's own
    button posts at once (RFC 8058), without a cookie, so that it cannot have a CSRF
    token. The token itself is the secret.
    """
    pk = read_token(token)
    saved = SavedSearch.objects.filter(pk=pk).first() if pk else None
    if saved is None:
        raise Http404(token)
    if request.method == "POST":
        saved.frequency = Frequency.NEVER
        saved.save(update_fields=["frequency"])
    stopped = saved.frequency == Frequency.NEVER
    context = {"saved": saved, "stopped": stopped}
    return render(request, "following/stop.html", context)


def _show_form(
    request: HttpRequest, form: SavedSearchForm, question: str
) -> HttpResponse:
    context = {"form": form, "question": question}
    status = BAD_REQUEST if form.is_bound else None
    return render(request, "following/form.html", context, status=status)


def _reader(request: HttpRequest) -> User:
    """The reader, whom `login_required` has let in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _own(request: HttpRequest) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(owner=_reader(request))


def _count_new(saved: SavedSearch) -> int:
    seen = seen_until(saved, timezone.now())
    ids = saved.alerts.filter(pk__gt=seen).values("article_id")
    return Article.objects.published_among(ids).count()
