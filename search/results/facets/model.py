"""The values of facets, dates and filters on a results page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from search.request import ChartCalendar, SearchRequest


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet with its count, or articles without any value.

    ``query_string`` is the search with this value selected, or deselected if it was;
    ``exclusion`` is that without its articles, or with them again if it is *excluded*.
    ``depth`` is the level of a topic in a tree, from 0.
    """

    value: str
    label: str | Promise
    count: int
    selected: bool
    query_string: str
    excluded: bool = False
    exclusion: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with the buckets to show, and how many more are ``hidden``.

    An article with any of the selected values passes where ``match_any``, which the
    reader may switch where an article may have many.
    """

    name: str
    label: str | Promise
    buckets: tuple[Bucket, ...]
    hidden: int = 0
    has_many: bool = True
    match_any: bool = False


@dataclass(frozen=True, slots=True)
class DateBucket:
    """One decade, year, month or day with its count, or a stretch without any hit.

    ``iso`` is ``1923``, ``1923-02`` or ``1923-02-03``, and ``""`` for what has no ISO
    date: decades and empty stretches. ``share`` is the count relative to the largest
    bucket, in whole percent from 0 to 100. ``held`` is the number of articles that the
    archive has of the period, and ``held_share`` that relative to the largest of the
    chart. Without hits there is no ``query_string``.
    """

    iso: str
    label: str
    count: int
    share: int
    selected: bool
    query_string: str
    held: int = 0
    held_share: int = 0


@dataclass(frozen=True, slots=True)
class DateFacet:
    """The hits by date at one grain: ``year``, ``month`` or ``day``.

    ``buckets`` are those with hits and, from the first to the last of them, those
    without. Many years have ``decades`` too. ``vague`` counts the hits whose date is
    less precise than the grain, ``undated`` those without one, which
    ``undated_query_string`` finds alone. Few hits have no chart, only numbers.
    ``broader_query_string`` is the search in the next broader period; ``None`` where no
    dates are filtered by. ``calendar`` is that of the labels,
    ``other_calendar_query_string`` the same search with those of the other.
    """

    grain: str
    buckets: tuple[DateBucket, ...]
    undated: int
    broader_query_string: str | None
    broader_label: str = ""
    decades: tuple[DateBucket, ...] = ()
    vague: int = 0
    undated_selected: bool = False
    undated_query_string: str = ""
    has_chart: bool = True
    has_holdings: bool = False
    calendar: ChartCalendar = ChartCalendar.GREGORIAN
    other_calendar_query_string: str = ""

    @property
    def counted(self) -> tuple[DateBucket, ...]:
        """The buckets that have hits."""
        return tuple(bucket for bucket in self.buckets if bucket.count)

    @property
    def shown(self) -> tuple[DateBucket, ...]:
        """The buckets of a page: decades where there are many years."""
        return self.decades or self.buckets


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the search without it.

    ``word`` is a word between kind and label: “not” for what is excluded, “or” for one
    of several values any of which is enough.
    """

    kind: str | Promise
    label: str | Promise
    query_string: str
    word: str | Promise = ""

    @property
    def text(self) -> str:
        """The label, with its word before it."""
        return f"{self.word} {self.label}" if self.word else str(self.label)


@dataclass(frozen=True, slots=True)
class Removal:
    """A chip, the request without it, and whether that may have more hits.

    It may not where any of several values is enough.
    """

    chip: Chip
    request: SearchRequest
    is_condition: bool = True
