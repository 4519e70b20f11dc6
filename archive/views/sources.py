"""The list of sources, and the page of a source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive.browsing.sources import summarize_sources
from archive.models import Article, Source
from archive.views.collection import add_months, build_collection_context


@require_safe
def list_sources(request: HttpRequest) -> HttpResponse:
    """The list of sources."""
    summaries = summarize_sources(language=get_language() or "ar")
    context = {
        "summaries": summaries,
        "has_kinds": any(summary.source.kind for summary in summaries),
        "has_places": any(summary.source.place for summary in summaries),
    }
    return render(request, "archive/sources.html", context)


@require_safe
def show_source(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one source, with its articles."""
    source = get_object_or_404(Source, slug=slug)
    articles = Article.objects.published().filter(source=source)
    context = {
        "source": source,
        **build_collection_context(request, articles, field="source", slug=slug),
    }
    add_months(context, articles)
    return render(request, "archive/source.html", context)
