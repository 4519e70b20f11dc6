"""Records as harvesters list them: by stretches in an order that writes do not move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.core import signing
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archive.models import Article, prefetch_actor_links
from search.api.oai.arguments import RESUMPTION, HarvestError, read_period
from search.models import HarvestRecord

PAGE_SIZE: Final = 100
LIFETIME: Final = timedelta(days=1)
_SALT: Final = "search.api.oai"


@dataclass(frozen=True, slots=True)
class Request:
    """What is listed, from where on.

    ``after`` is the primary key of the last row that was sent, ``sent`` how many were.
    """

    verb: str
    prefix: str
    first: str = ""
    last: str = ""
    in_set: str = ""
    after: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class HarvestItem:
    """A record with its article; ``None`` where that is not public any more."""

    record: HarvestRecord
    article: Article | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a list. ``sent`` rows came before; ``token`` is ``""`` at the end."""

    items: tuple[HarvestItem, ...]
    total: int
    sent: int
    token: str


def read_request(verb: str, arguments: Mapping[str, str]) -> Request:
    """The request of a list; raises HarvestError for a token that is no good."""
    if RESUMPTION in arguments:
        return _read_token(verb, arguments[RESUMPTION])
    return Request(
        verb,
        arguments["metadataPrefix"],
        arguments.get("from", ""),
        arguments.get("until", ""),
        arguments.get("set", ""),
    )


def _read_token(verb: str, token: str) -> Request:
    try:
        known: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=LIFETIME)
        request = Request(**known)
    except signing.SignatureExpired:
        sentence = _(
            "The resumptionToken has expired after a day. Begin the list anew."
        )
        raise HarvestError("badResumptionToken", sentence) from None
    except (signing.BadSignature, ValueError, TypeError):
        request = None
    if request is None or request.verb != verb:
        sentence = _("The resumptionToken is none that this verb has given.")
        raise HarvestError("badResumptionToken", sentence)
    return request


def list_stretch(request: Request) -> Stretch:
    """The next PAGE_SIZE records; raises HarvestError noRecordsMatch."""
    records = _select(request)
    rows = list(records.filter(pk__gt=request.after)[: PAGE_SIZE + 1])
    if not rows and not request.sent:
        raise HarvestError("noRecordsMatch", _("No record fits these arguments."))
    shown = rows[:PAGE_SIZE]
    token = ""
    if len(rows) > PAGE_SIZE:
        sent = request.sent + len(shown)
        following = replace(request, after=shown[-1].pk, sent=sent)
        token = signing.dumps(asdict(following), salt=_SALT, compress=True)
    return Stretch(join_articles(shown), records.count(), request.sent, token)


def _select(request: Request) -> QuerySet[HarvestRecord]:
    period = read_period(request.first, request.last)
    records = HarvestRecord.objects.order_by("pk")
    if period.first:
        records = records.filter(changed_at__gte=period.first)
    if period.end:
        records = records.filter(changed_at__lt=period.end)
    if "\0" in request.in_set:
        # No set has it, and PostgreSQL refuses to be asked for it.
        return records.none()
    if request.in_set:
        records = records.filter(sets__contains=f" {request.in_set} ")
    return records


def join_articles(records: list[HarvestRecord]) -> tuple[HarvestItem, ...]:
    """The records with their articles, which are asked for what is public now.

    The indexer may be a moment behind: what was withdrawn is sent as deleted at once.
    """
    ids = [record.article_id for record in records if not record.is_deleted]
    public = Article.objects.published_among(ids).select_related("source")
    whole = public.prefetch_related("topics", "authors", prefetch_actor_links())
    found = whole.defer("body").order_by().in_bulk()
    return tuple(
        HarvestItem(record, found.get(record.article_id)) for record in records
    )


def find_item(article_id: int | None) -> HarvestItem:
    """The record of an article; raises HarvestError idDoesNotExist."""
    records = HarvestRecord.objects.filter(article_id=article_id or 0)
    for item in join_articles(list(records[:1])):
        return item
    raise HarvestError("idDoesNotExist", _("The archive has no such identifier."))
