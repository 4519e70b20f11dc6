"""How each source names an actor: articles by source, name and year.

Which articles have a name is asked of the index, so that no text is read: the setting
``NAMINGS`` is the dotted path of a function ``(slug, names) -> list of `Naming`, or
None`` while the index cannot be asked. The archive does not depend on search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from archive.browsing.actors.articles import ActorArticle, count_by_source
from archive.browsing.year_ranges import YearRange, list_year_ranges
from archive.models import Actor, Source

MAX_SOURCES: Final = 8


class Naming(Protocol):
    """A name, the query that finds it, and the articles that it finds."""

    @property
    def name(self) -> str:
        """The name, as stored."""
        ...

    @property
    def query(self) -> str:
        """The query, as a reader may type it."""
        ...

    @property
    def articles(self) -> Collection[int]:
        """The ids of the articles of the actor that have the name."""
        ...


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name in one source: articles in each column of the table, without a date, all.

    The first row of a source is of all its articles, and has neither name nor query.
    """

    name: str
    query: str
    counts: tuple[int, ...]
    undated: int
    total: int


@dataclass(frozen=True, slots=True)
class SourceNamings:
    """A source, its articles that name the actor, and the names in them."""

    source: Source
    all: NameRow
    names: tuple[NameRow, ...]


@dataclass(frozen=True, slots=True)
class NamingTable:
    """Names by source and year; ``columns`` are years, or decades where they are many.

    ``left_out`` is the number of further sources.
    """

    columns: tuple[YearRange, ...]
    sources: tuple[SourceNamings, ...]
    has_undated: bool
    left_out: int


def list_names(actor: Actor) -> list[str]:
    """All names of the actor, the main ones first, without repetitions."""
    aliases = (alias.name for alias in actor.aliases.all())
    names = (actor.name_ar, *aliases, actor.name_latin)
    return list(dict.fromkeys(name for name in names if name))


def arrange_namings(
    articles: Sequence[ActorArticle],
    namings: Iterable[Naming],
    sources: Mapping[int, Source],
    chosen: YearRange | None = None,
) -> NamingTable:
    """The table of *namings* in *articles*, with *chosen* years of their decade only.

    *sources* are by id. Names that no article of a source has are left out of it.
    """
    if chosen is not None:
        articles = [each for each in articles if each.year and each.year in chosen]
    years = Counter(each.year for each in articles if each.year is not None)
    columns = tuple(row.years for row in list_year_ranges(years, chosen))
    ranked = count_by_source(articles, dict(sources))
    named = [(naming, frozenset(naming.articles)) for naming in namings]
    groups = []
    for row in ranked[:MAX_SOURCES]:
        own = [each for each in articles if each.source_id == row.source.pk]
        names = [
            _count(naming.name, naming.query, matching, columns)
            for naming, ids in named
            if (matching := [each for each in own if each.pk in ids])
        ]
        groups.append(
            SourceNamings(row.source, _count("", "", own, columns), tuple(names))
        )
    return NamingTable(
        columns=columns,
        sources=tuple(groups),
        has_undated=any(group.all.undated for group in groups),
        left_out=max(len(ranked) - MAX_SOURCES, 0),
    )


def _count(
    name: str,
    query: str,
    articles: Sequence[ActorArticle],
    columns: Sequence[YearRange],
) -> NameRow:
    years = Counter(each.year for each in articles)
    undated = years.pop(None, 0)
    counts = tuple(
        sum(count for year, count in years.items() if year is not None and year in own)
        for own in columns
    )
    return NameRow(name, query, counts, undated, len(articles))
