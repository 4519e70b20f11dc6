"""Atom feeds (RFC 4287): the articles added last that a search finds.

A search with one filter is the feed of an actor, a topic or a source.
"""

import datetime as dt
from dataclasses import replace
from typing import Any, Final
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe

from archive.models import Article
from archive.references import list_creators
from archive.templatetags.display import date_text
from search import searcher
from search.errors import IndexUnavailable, QueryTooExpensive
from search.forms import SearchForm
from search.request import SearchRequest

SIZE: Final = 50
# Characters of the text that an entry shows.
SUMMARY_LENGTH: Final = 400
BAD_REQUEST: Final = 400
UNAVAILABLE: Final = 503
# What a feed without articles was changed at: it never was.
NEVER: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"


class _Feed(Atom1Feed):
    """A feed whose time is that of its newest entry, so that its ETag stays."""

    def latest_post_date(self) -> dt.datetime:
        """The time of the newest change; `NEVER` without entries."""
        times = [item["updateddate"] for item in self.items]
        return max(times, default=NEVER)

    def add_item_elements(
        self, handler: SimplerXMLGenerator, item: dict[str, Any]
    ) -> None:
        """The usual elements, and an author for each name."""
        for name in item["names"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        super().add_item_elements(handler, item)


@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """The feed of the search in the address; 400 in plain text where it is none."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return _refuse(" ".join(sentences), BAD_REQUEST)
    asked = replace(form.search_request, page=1)
    try:
        text = _build(request, asked).writeString("utf-8")
    except QueryTooExpensive as error:
        return _refuse(str(error), BAD_REQUEST)
    except IndexUnavailable as error:
        return _refuse(str(error), UNAVAILABLE)
    return HttpResponse(text, content_type=_CONTENT_TYPE)


def _refuse(sentence: str, status: int) -> HttpResponse:
    content_type = "text/plain; charset=utf-8"
    return HttpResponse(sentence, status=status, content_type=content_type)


def _build(request: HttpRequest, asked: SearchRequest) -> _Feed:
    site = request.build_absolute_uri("/").rstrip("/")
    query_string = f"?{asked.query_string()}".rstrip("?")
    language = get_language() or "ar"
    is_arabic = language.startswith("ar")
    name = settings.SITE_NAME_AR if is_arabic else settings.SITE_NAME_EN
    question = searcher.describe_question(asked, language=language)
    made = _Feed(
        title=f"{name} · {question}",
        link=f"{site}{reverse('search:results')}{query_string}",
        description="",
        language=language,
        author_name=name,
        feed_url=f"{site}{reverse('search:feed')}{query_string}",
        feed_guid=f"{site}{reverse('search:feed')}{query_string}",
    )
    for article in searcher.list_newest(asked, limit=SIZE):
        _add(made, article, site)
    return made


def _add(made: _Feed, article: Article, site: str) -> None:
    address = f"{site}{article.get_absolute_url()}"
    where = [article.source.label(get_language() or "ar")]
    if article.published:
        where.append(date_text(article.published))
    opening = " ".join(article.body[: SUMMARY_LENGTH + 1].split())
    if len(article.body) > SUMMARY_LENGTH:
        opening = f"{opening[:SUMMARY_LENGTH].rpartition(' ')[0]}…"
    made.add_item(
        title=" ".join(article.title.split()),
        link=address,
        unique_id=address,
        description=" — ".join(part for part in (" · ".join(where), opening) if part),
        pubdate=article.created_at,
        updateddate=article.updated_at,
        categories=[topic.name_ar for topic in article.topics.all()],
        names=list_creators(article),
    )
