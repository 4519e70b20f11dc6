"""The page of what is related to an article, of which its own page shows a part."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.article_page.links import find_in_issue
from archive.article_page.related import find_related
from archive.article_page.stored import read_stored
from archive.browsing.text_parts import read_part


@require_safe
def show_related(request: HttpRequest, pk: int) -> HttpResponse:
    """What is beside a published article in its issue, and what is related to it."""
    stored = read_stored(pk, AnonymousUser())
    if stored is None:
        raise Http404(pk)
    article = stored.article
    related = find_related(article, read_part(stored.opening, 1).text)
    context = {
        "article": article,
        "related": related,
        "issue": find_in_issue(article),
    }
    return render(request, "archive/related.html", context)
