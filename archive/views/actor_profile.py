"""What the page of an actor shows beside its articles, with a search behind each count.

The setting ``NAMINGS`` is described in ``archive.browsing.actors.namings``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from archive.browsing.actors import (
    NameRow,
    Naming,
    NamingTable,
    Relation,
    SourceCount,
    TopicCount,
    arrange_namings,
    count_by_source,
    count_topics,
    list_actor_articles,
    list_names,
    list_relations,
)
from archive.browsing.subject_counts import Companion, find_companions
from archive.browsing.year_ranges import YearRange
from archive.models import Actor, Source

COMPANIONS_SHOWN: Final = 12
TOPICS_SHOWN: Final = 12
SOURCES_SHOWN: Final = 12
# Fewer articles are read faster than a table of them.
MIN_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of articles, and the URL of the search that finds them."""

    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table of names: ``name`` is empty for all articles of a source."""

    name: str
    cells: tuple[Counted, ...]
    undated: Counted
    total: Counted


@dataclass(frozen=True, slots=True)
class Names:
    """The table of names, a group of lines a source, with the years of its columns."""

    columns: tuple[YearRange, ...]
    groups: tuple[tuple[Source, Line, tuple[Line, ...]], ...]
    has_undated: bool
    left_out: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Sources, companions and topics with the URLs of their searches; relations.

    ``names`` is ``None`` for few articles, and where the index cannot be asked
    (``is_unavailable``).
    """

    sources: tuple[tuple[SourceCount, str], ...]
    companions: tuple[tuple[Companion, str], ...]
    topics: tuple[tuple[TopicCount, str], ...]
    relations: tuple[Relation, ...]
    names: Names | None
    is_unavailable: bool


def build_profile(actor: Actor, chosen: YearRange | None) -> Profile:
    """The profile of *actor*; the names are those of *chosen* years where given."""
    by_id = Source.objects.in_bulk()
    articles = list_actor_articles(actor, by_id)
    sources = count_by_source(articles, by_id)
    companions = find_companions(actor, limit=COMPANIONS_SHOWN)
    topics = count_topics(actor, limit=TOPICS_SHOWN)
    slug = actor.slug
    found = _find_namings(actor) if len(articles) >= MIN_NAMED else ()
    return Profile(
        sources=tuple(
            (row, _search(actor=slug, source=row.source.slug))
            for row in sources[:SOURCES_SHOWN]
        ),
        companions=tuple(
            (row, _search(actor=[slug, row.actor.slug])) for row in companions
        ),
        topics=tuple(
            (row, _search(actor=slug, topic=row.topic.slug)) for row in topics
        ),
        relations=list_relations(actor),
        names=_build_names(
            slug, arrange_namings(articles, found, by_id, chosen), chosen
        )
        if found
        else None,
        is_unavailable=found is None,
    )


def _build_names(slug: str, table: NamingTable, chosen: YearRange | None) -> Names:
    """The table with the URL of the search behind each number."""
    groups = tuple(
        (
            group.source,
            _link(slug, group.source, group.all, table.columns, chosen),
            tuple(
                _link(slug, group.source, row, table.columns, chosen)
                for row in group.names
            ),
        )
        for group in table.sources
    )
    return Names(table.columns, groups, table.has_undated, table.left_out)


def _find_namings(actor: Actor) -> Sequence[Naming] | None:
    path = getattr(settings, "NAMINGS", "")
    if not path:
        return ()
    found: Sequence[Naming] | None = import_string(path)(actor.slug, list_names(actor))
    return found


def _link(
    slug: str,
    source: Source,
    row: NameRow,
    columns: Sequence[YearRange],
    chosen: YearRange | None,
) -> Line:
    named: dict[str, str | list[str]] = {"q": row.query} if row.query else {}
    named |= {"actor": slug, "source": source.slug}
    return Line(
        row.name,
        tuple(
            Counted(count, _search(**named, **_years(years)) if count else "")
            for years, count in zip(columns, row.counts, strict=True)
        ),
        Counted(row.undated, _search(**named, undated="1")),
        Counted(row.total, _search(**named, **(_years(chosen) if chosen else {}))),
    )


def _years(years: YearRange) -> Mapping[str, str]:
    return {"from": f"{years.first:04}", "to": f"{years.last:04}"}


def _search(**parameters: str | list[str]) -> str:
    """The URL of a search, with its parameters in the order of their names here."""
    query = urlencode(parameters, doseq=True, quote_via=quote)
    return f"{reverse('search:results')}?{query}"
