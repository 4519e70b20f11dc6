"""The page of an article, at a permanent URL."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.article_marker import mark_article
from archive.browsing.hit_steps import CURRENT_HIT, read_steps
from archive.models import Article, Status


@require_safe
def show_article(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one article, with marks for a reader who comes from a search."""
    visible = Article.objects.visible_to(request.user).with_catalogue()
    article = get_object_or_404(visible.prefetch_related("authors__actor"), pk=pk)
    marked = mark_article(article, request.GET.dict())
    context = {
        "article": article,
        "marked": marked,
        "steps": marked and read_steps(request.GET.get(CURRENT_HIT, ""), marked.count),
        "search": _encode_search(request.GET),
        "hidden": article.status != Status.PUBLISHED,
        "permalink": request.build_absolute_uri(article.get_absolute_url()),
    }
    return render(request, "archive/article.html", context)


def _encode_search(parameters: QueryDict) -> str:
    """The query string of the search that led here: all parameters but the hit."""
    pairs = [pair for pair in parameters.lists() if pair[0] != CURRENT_HIT]
    return urlencode(pairs, doseq=True)
