"""The page of an article, at a permanent URL; a long text has a page for each part."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.article_marker import MarkedArticle, mark_article
from archive.article_page.named_actors import find_links, link_paragraphs
from archive.article_page.record import read_record
from archive.article_page.stored import StoredArticle, read_stored
from archive.browsing.text_parts import TextPart, read_part, read_part_number
from archive.duplicates import find_reprints
from archive.models import Article, Status
from archive.references import Place, build_reference
from archive.views.articles.hit_steps import (
    CURRENT_HIT,
    PART,
    HitSteps,
    find_places,
    read_steps,
)
from archive.views.articles.search_neighbors import find_search_neighbors


@require_safe
def show_article(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one article, with marks for a reader who comes from a search."""
    stored = read_stored(pk, request.user)
    if stored is None:
        return _show_withdrawn(request, pk)
    article = stored.article
    part = read_part(stored.opening, read_part_number(request.GET.get(PART, "")))
    parameters = request.GET.dict()
    links = find_links(article, part)
    marked = mark_article(article, part, parameters, links)
    site = request.build_absolute_uri("/").rstrip("/")
    search = _encode_search(request.GET)
    context = {
        "article": article,
        "record": read_record(article),
        "part": part,
        "marked": marked,
        "paragraphs": marked.paragraphs if marked else link_paragraphs(part, links),
        "has_text": stored.opening.length > 0,
        "steps": marked and _find_steps(stored, part, marked, parameters),
        "search": search,
        "around": find_search_neighbors(pk, QueryDict(search)) if search else None,
        "hidden": article.status != Status.PUBLISHED,
        "reference": build_reference(article, Place.today(site)),
        "reprints": find_reprints(article) if stored.has_reprints else None,
        "permalink": request.build_absolute_uri(article.get_absolute_url()),
    }
    return render(request, "archive/article.html", context)


def _show_withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """Why an article was withdrawn, without its title. Raises Http404 for others."""
    withdrawn = Article.objects.filter(status=Status.WITHDRAWN)
    article = get_object_or_404(withdrawn.only("withdrawn_reason"), pk=pk)
    context = {"reason": article.withdrawn_reason}
    return render(request, "archive/withdrawn.html", context, status=HTTPStatus.GONE)


def _find_steps(
    stored: StoredArticle,
    part: TextPart,
    marked: MarkedArticle,
    parameters: Mapping[str, str],
) -> HitSteps:
    """The steps to the hits of the part, and from its first and last to other parts."""

    def count_hits(number: int) -> int:
        other_part = read_part(stored.opening, number)
        other = mark_article(stored.article, other_part, parameters)
        return other.count if other else 0

    steps = read_steps(parameters.get(CURRENT_HIT, ""), marked.count)
    before, after = find_places(part.number, part.count, count_hits)
    return HitSteps(steps.count, steps.current, part.number, before, after)


def _encode_search(parameters: QueryDict) -> str:
    """The query string of the search that led here, without the hit and the part."""
    own = (CURRENT_HIT, PART)
    return urlencode(
        [pair for pair in parameters.lists() if pair[0] not in own], doseq=True
    )
