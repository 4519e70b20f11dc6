"""The page of what is related to an article, of which its own page shows a part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.article_page.links import find_in_issue
from archive.article_page.related import find_related
from archive.browsing.text_parts import read_part, with_openings
from archive.models import Article, prefetch_actor_links


@require_safe
def show_related(request: HttpRequest, pk: int) -> HttpResponse:
    """What is beside a published article in its issue, and what is related to it."""
    published = with_openings(Article.objects.published())
    articles = published.select_related("source").prefetch_related(
        prefetch_actor_links()
    )
    article = get_object_or_404(articles, pk=pk)
    related = find_related(article, read_part(article, 1).text)
    context = {
        "article": article,
        "related": related,
        "issue": find_in_issue(article),
    }
    return render(request, "archive/related.html", context)
