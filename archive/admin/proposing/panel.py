"""The panel of proposals: what it shows for the texts of a form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from archive.admin.forms.dates import show_date
from archive.admin.forms.languages import LANGUAGES
from archive.dates import DateInText, PartialDate
from archive.duplicates import Found
from archive.models import (
    Actor,
    ActorKind,
    Article,
    ArticleAuthor,
    ArticleQuerySet,
    RefusedProposal,
    TextKind,
    Topic,
)
from archive.names.spelling import spelling_key
from archive.recognition.actors_in_text import FoundActor, Passage
from archive.recognition.propose import Proposal, Refusals, propose

# The input of what is taken over, and the one that tells what was offered.
TAKE: Final = "_take"
OFFERED: Final = "_offered"
# Fields of the form that take the texts that the pasted one says of itself.
PARTS: Final = ("title", "subtitle", "byline", "language", "kind")
ACTOR, TOPIC, AUTHOR, DATE = "actor", "topic", "author", "date"

_AROUND: Final = 40
_MOST_PASSAGES: Final = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage with the words around it."""

    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be ticked: the value of its input, its label and details."""

    value: str
    label: str
    detail: str = ""
    ticked: bool = False
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class NewName:
    """A name that is no actor yet, and the address of the form that adds it."""

    name: str
    kind: str
    address: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """An article that may be the same text."""

    title: str
    address: str
    share: Found


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows; ``offered`` is what its answers refer to, as JSON."""

    parts: tuple[Choice, ...]
    actors: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    dates: tuple[Choice, ...]
    names: tuple[NewName, ...]
    twins: tuple[Twin, ...]
    offered: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(
            (self.parts, self.actors, self.topics, self.dates, self.names, self.twins)
        )

    @property
    def can_be_taken(self) -> bool:
        """Whether there is anything to tick."""
        return any((self.parts, self.actors, self.topics, self.dates))


def read_proposal(
    data: QueryDict, article_id: int | None, visible: ArticleQuerySet
) -> Proposal:
    """What is proposed for the texts in *data*, a form that was sent."""
    title, body = data.get("title", "").strip(), data.get("body", "")
    text = "\n\n".join(filter(None, (title, data.get("byline", ""), body)))
    return propose(
        text.replace("\r\n", "\n"),
        visible=visible,
        refused=_read_refusals(article_id),
        article_id=article_id,
    )


def build_panel(
    proposal: Proposal, data: QueryDict, articles: ArticleQuerySet, site: str
) -> Panel:
    """The panel for *proposal*, without what *data* has already."""
    chosen = {
        pk
        for name in ("mentioned", "issuers", "writers")
        for pk in data.getlist(name)
        if pk
    }
    found = [
        actor
        for actor in proposal.actors
        if not {str(pk) for pk in actor.actor_ids} & chosen
    ]
    rows = Actor.objects.in_bulk([pk for actor in found for pk in actor.actor_ids])
    topics = Topic.objects.in_bulk([each.topic_id for each in proposal.topics])
    own_topics = set(data.getlist("topics"))
    return Panel(
        parts=tuple(_iter_parts(proposal, data)),
        actors=tuple(_iter_actors(proposal.text, found, rows)),
        topics=tuple(
            Choice(
                f"{TOPIC}:{each.topic_id}",
                str(topics[each.topic_id]),
                _("%(number)s of %(all)s similar articles")
                % {"number": each.articles, "all": each.of},
            )
            for each in proposal.topics
            if str(each.topic_id) not in own_topics
        ),
        dates=tuple(_iter_dates(proposal, data)),
        names=tuple(_iter_names(proposal, site)),
        twins=tuple(_iter_twins(proposal.duplicates, articles)),
        offered=_write_offered(found, own_topics, proposal),
    )


def _iter_parts(proposal: Proposal, data: QueryDict) -> Iterator[Choice]:
    for name in PARTS:
        value = getattr(proposal.parts, name)
        if not value or data.get(name) == value:
            continue
        if name in ("title", "subtitle", "byline") and data.get(name, "").strip():
            continue
        yield Choice(name, _label(Article, name), _show_part(name, value), ticked=True)
    author = proposal.parts.author
    if author and author not in data.values():
        yield Choice(AUTHOR, _label(ArticleAuthor, "name"), author, ticked=True)


def _label(model: type[Model], field: str) -> str:
    column: Any = model._meta.get_field(field)
    return str(capfirst(column.verbose_name))


def _show_part(name: str, value: str) -> str:
    if name == "language":
        return str(LANGUAGES.get(value, value))
    return str(TextKind(value).label) if name == "kind" else value


def _iter_actors(
    text: str, found: Iterable[FoundActor], rows: Mapping[int, Actor]
) -> Iterator[Choice]:
    certainties = {
        "sure": "",
        "single": _("one word only"),
        "part": _("perhaps part of a longer name"),
        "ambiguous": _("name of several actors"),
        "short": _("short form"),
    }
    for actor in found:
        for pk in actor.actor_ids:
            if row := rows.get(pk):
                detail = (row.get_kind_display(), certainties[actor.certainty.value])
                yield Choice(
                    f"{ACTOR}:{pk}",
                    str(row),
                    " · ".join(filter(None, map(str, detail))),
                    actor.ticked,
                    _quote(text, actor.passages),
                )


def _iter_dates(proposal: Proposal, data: QueryDict) -> Iterator[Choice]:
    """Whole dates, that of the dateline first and ticked; none where one is chosen."""
    if data.get("published", "").strip():
        return
    own = proposal.parts.date
    others = [date for date in proposal.dates if not own or date.start != own.start]
    for date in filter(None, (own, *others)):
        read = date_of(date)
        if read:
            value = f"{DATE}:{date.start}"
            detail = show_date(read)
            yield Choice(value, date.printed, detail, ticked=date is own)


def date_of(date: DateInText) -> PartialDate | None:
    """The one date that *date* is read as, to its precision; None for a range."""
    dates = date.reading.dates if date.reading else ()
    return dates[0].partial if len(dates) == 1 else None


def _iter_names(proposal: Proposal, site: str) -> Iterator[NewName]:
    address = reverse(f"{site}:archive_actor_add")
    for each in proposal.unknown:
        passages = [
            Quote(*_cut(proposal.text, start, end))
            for start, end in each.places[:_MOST_PASSAGES]
        ]
        query = urlencode({"name_ar": each.name, "kind": each.kind})
        kind = str(ActorKind(each.kind).label)
        yield NewName(each.name, kind, f"{address}?{query}", tuple(passages))


def _iter_twins(
    duplicates: Iterable[Found], articles: ArticleQuerySet
) -> Iterator[Twin]:
    found = {each.article_id: each for each in duplicates}
    rows: dict[int, Article] = articles.only("title").order_by().in_bulk(list(found))
    for pk, each in found.items():
        if article := rows.get(pk):
            yield Twin(article.title, article.get_absolute_url(), each)


def _quote(text: str, passages: Iterable[Passage]) -> tuple[Quote, ...]:
    shown = list(passages)[:_MOST_PASSAGES]
    return tuple(Quote(*_cut(text, each.start, each.end)) for each in shown)


def _cut(text: str, start: int, end: int) -> tuple[str, str, str]:
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    return " ".join(before.split()), text[start:end], " ".join(after.split())


def _write_offered(
    found: Iterable[FoundActor], own_topics: set[str], proposal: Proposal
) -> str:
    actors = [
        {
            "ids": list(actor.actor_ids),
            "keys": sorted({spelling_key(one.text) for one in actor.passages}),
        }
        for actor in found
    ]
    topics = [
        each.topic_id
        for each in proposal.topics
        if str(each.topic_id) not in own_topics
    ]
    return json.dumps({"actors": actors, "topics": topics})


def _read_refusals(article_id: int | None) -> Refusals:
    if article_id is None:
        return Refusals()
    rows = RefusedProposal.objects.filter(article=article_id)
    refused: dict[str, set[int]] = {ACTOR: set(), TOPIC: set()}
    for field, value in rows.values_list("field", "value"):
        refused[field].add(int(value))
    return Refusals(refused[ACTOR], refused[TOPIC])
