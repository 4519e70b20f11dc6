"""What comes back from a search: hits, totals, facets; the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Hit:
    """A matching document: the article's id and the engine's score."""

    article_id: int
    score: float


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """A facet's largest counts as ``(value, count)``, and how many values it has.

    Values that the search is narrowed by are always among them.
    """

    values: tuple[tuple[str, int], ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class DateCounts:
    """Hits by period: keys are the numbers ``yyyy``, ``yyyymm`` or ``yyyymmdd``.

    A hit whose date is known to the year only counts in its year, not in a month.
    """

    years: Mapping[int, int]
    months: Mapping[int, int]
    days: Mapping[int, int]
    undated: int


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """The hits of one page, the exact total and the counts asked for, by facet."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, FacetCounts] = field(default_factory=dict)
    dates: DateCounts | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet with its count.

    ``query_string`` is the search with this bucket's selection turned round,
    without the leading question mark.
    """

    value: str
    label: str
    count: int
    selected: bool
    query_string: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with the buckets to show; ``hidden`` says how many more there are.

    ``all_query_string`` is the search that lists them all.
    """

    name: str
    label: str | Promise
    buckets: tuple[Bucket, ...]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class DateBucket:
    """One year, month or day with its count.

    ``iso`` is ``1923``, ``1923-02`` or ``1923-02-03``; ``share`` is the count
    relative to the largest bucket, in whole percent from 0 to 100.
    """

    iso: str
    label: str
    count: int
    share: int
    selected: bool
    query_string: str


@dataclass(frozen=True, slots=True)
class DateFacet:
    """The calendar of the hits at one grain, and the way back out.

    ``grain`` is ``year``, ``month`` or ``day``; ``widen_query_string`` is ``None``
    when nothing narrows the dates.
    """

    grain: str
    buckets: tuple[DateBucket, ...]
    undated: int
    widen_query_string: str | None
    widen_label: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in force and the search without it."""

    kind: str | Promise
    label: str
    query_string: str
