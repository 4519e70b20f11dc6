"""The first page of the admin: what an account has begun, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import template
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.models import Article, ArticleActor, Status
from archive.roles import may_contribute, may_publish

register = template.Library()

_SHOWN: Final = 6
# Larger piles are not counted to the end.
_MOST_COUNTED: Final = 1_000
_LIST: Final = "admin:archive_article_changelist"


@dataclass(frozen=True, slots=True)
class Pile:
    """Articles that wait for something: how many, and the address of their list."""

    label: str | Promise
    count: int
    is_more: bool
    address: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page shows; ``begun`` are the account's latest unfinished articles."""

    begun: tuple[Article, ...]
    piles: tuple[Pile, ...]
    may_add: bool


@register.simple_tag(takes_context=True)
def find_desk(context: dict[str, Any]) -> Desk:
    """The desk of the account that asks."""
    reader = context["request"].user
    unfinished = Article.objects.filter(
        created_by=reader.pk, status__in=(Status.DRAFT, Status.REVIEW)
    )
    begun = unfinished.only("title", "status", "updated_at", "language")
    return Desk(
        begun=tuple(begun.order_by("-updated_at", "-pk")[:_SHOWN]),
        piles=tuple(_find_piles()) if may_publish(reader) else (),
        may_add=may_contribute(reader) or may_publish(reader),
    )


def _find_piles() -> list[Pile]:
    """The piles that are not empty."""
    articles = Article.objects.order_by()
    published = articles.filter(status=Status.PUBLISHED)
    named = ArticleActor.objects.filter(article=OuterRef("pk"))
    filed = Article.topics.through.objects.filter(article_id=OuterRef("pk"))
    waiting = [
        (
            _("for review"),
            articles.filter(status=Status.REVIEW),
            "status__exact=review",
        ),
        (_("drafts"), articles.filter(status=Status.DRAFT), "status__exact=draft"),
        (
            _("published without a date"),
            published.filter(published_on=None),
            "status__exact=published&period=unknown",
        ),
        (
            _("published without actors"),
            published.filter(~Exists(named)),
            "status__exact=published&actors__isnull=True",
        ),
        (
            _("published without topics"),
            published.filter(~Exists(filed)),
            "status__exact=published&topics__isnull=True",
        ),
        (
            _("in the trash"),
            articles.filter(status=Status.TRASH),
            "status__exact=trash",
        ),
    ]
    piles = [_count(label, rows, query) for label, rows, query in waiting]
    return [pile for pile in piles if pile.count]


def _count(label: str | Promise, rows: QuerySet[Article], query: str) -> Pile:
    number = rows[: _MOST_COUNTED + 1].count()
    address = f"{reverse(_LIST)}?{query}"
    return Pile(label, min(number, _MOST_COUNTED), number > _MOST_COUNTED, address)
