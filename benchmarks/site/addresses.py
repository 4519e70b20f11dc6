"""The questions of the benchmark as addresses of results pages of the archive."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from typing import Final

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from archive.models import Article as Row
from benchmarks.data.collection import Article
from benchmarks.data.questions import Question, draw_questions
from benchmarks.engines.sijill import Sijill
from search.date_keys import day_number
from search.query import render
from search.request import SearchRequest

LANGUAGE = "ar"
_OPENED_RE: Final = re.compile(r'href="(/ar/articles/\d+/\?[^"#]*)')


def draw_addresses(*, count: int, seed: int) -> dict[str, list[str]]:
    """Class of questions → paths of *count* results pages, none of which redirects.

    Raises ValueError where the archive has too few words for a class.
    """
    with override(LANGUAGE):
        path = reverse("search:results")
    addresses: dict[str, list[str]] = {}
    for question in draw_questions(iter_archive(), count=count, seed=seed):
        address = f"{path}?{build_request(question).query_string()}"
        addresses.setdefault(question.kind, []).append(address)
    return addresses


def plain_address() -> str:
    """The path of a page of the same site that searches nothing: how to search."""
    with override(LANGUAGE):
        return reverse("search:syntax")


def draw_articles(*, count: int, seed: int) -> list[str]:
    """The paths of *count* published articles, or of all where there are fewer."""
    numbers = list(Row.objects.published().order_by("pk").values_list("pk", flat=True))
    chance = random.Random(seed)  # noqa: S311 - no secret
    drawn = chance.sample(numbers, min(count, len(numbers)))
    with override(LANGUAGE):
        return [reverse("archive:article", args=[number]) for number in drawn]


def list_found(pages: Sequence[str]) -> list[str]:
    """The addresses of the first article of each of *pages*, as a reader opens it."""
    client = Client()
    found = []
    for page in pages:
        text = client.get(page, secure=True).content.decode()
        first = _OPENED_RE.search(text)
        found += [unescape(first[1])] if first else []
    return found


def iter_archive() -> Iterator[Article]:
    """The published articles, with the slugs of their sources."""
    rows = Row.objects.published().order_by("pk")
    columns = ("pk", "title", "body", "source__slug", "published_on")
    for number, title, body, source, day in rows.values_list(*columns).iterator():
        number_of_day = day_number(day) if day else 0
        yield Article(number, title, body, source, (), number_of_day)


def build_request(question: Question) -> SearchRequest:
    """The request of a reader who types *question*."""
    query = Sijill.build_query(question)
    request = SearchRequest(text=render(query), query=query)
    if question.source:
        request = request.toggled("source", question.source)
    if question.first:
        ends = (question.first, question.last)
        request = request.with_dates(
            *(date.fromisoformat(str(day)).isoformat() for day in ends)
        )
    return request
