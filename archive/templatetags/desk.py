"""The first page of the admin: what an account has begun, and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import template
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.duplicates import list_waiting
from archive.models import (
    Article,
    ArticleActor,
    NameReading,
    ReadLinkAnswer,
    Status,
)
from archive.roles import may_contribute, may_publish
from archive.templatetags.display import isolate

register = template.Library()

_SHOWN: Final = 6
# Larger piles are not counted to the end.
_MOST_COUNTED: Final = 1_000
# Readings for names of which the page tells.
_READINGS: Final = 5
_LIST: Final = "admin:archive_article_changelist"


_STATUSES: Final = (
    (_("for review"), Status.REVIEW),
    (_("drafts"), Status.DRAFT),
    (_("in the trash"), Status.TRASH),
)
_NAMED: Final = ArticleActor.objects.filter(article=OuterRef("pk"))
_FILED: Final = Article.topics.through.objects.filter(article_id=OuterRef("pk"))
# What published articles lack: label, condition, and the filter of the list.
_LACKING: Final = (
    (_("published without a date"), Q(published_on=None), "period=unknown"),
    (_("published without actors"), ~Exists(_NAMED), "actors__isnull=True"),
    (_("published without topics"), ~Exists(_FILED), "topics__isnull=True"),
)


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
    by_status = [
        (label, articles.filter(status=status), f"status__exact={status}")
        for label, status in _STATUSES
    ]
    published = articles.filter(status=Status.PUBLISHED)
    lacking = [
        (label, published.filter(condition), f"status__exact=published&{query}")
        for label, condition, query in _LACKING
    ]
    first, *others = by_status
    piles = [
        _count(label, rows, f"{reverse(_LIST)}?{query}")
        for label, rows, query in (first, *lacking, *others)
    ]
    alike = reverse("admin:archive_article_alike")
    piles.append(_count(_("alike texts"), list_waiting().order_by(), alike))
    return [pile for pile in (*piles, *_find_readings()) if pile.count]


def _find_readings() -> Iterator[Pile]:
    """The proposals of each reading for names that wait for an answer."""
    waiting = Q(links__answer=ReadLinkAnswer.WAITING)
    readings = NameReading.objects.filter(waiting).distinct().order_by("-pk")
    for reading in readings.select_related("actor", "batch")[:_READINGS]:
        address = reverse("admin:archive_actor_reading", args=[reading.pk])
        named = reading.actor or reading.batch or _("all actors")
        label = _("proposals: %(name)s") % {"name": isolate(named)}
        links = reading.links.filter(answer=ReadLinkAnswer.WAITING).order_by()
        yield _count(label, links, address)


def _count(label: str | Promise, rows: QuerySet[Any], address: str) -> Pile:
    number = rows[: _MOST_COUNTED + 1].count()
    return Pile(label, min(number, _MOST_COUNTED), number > _MOST_COUNTED, address)
