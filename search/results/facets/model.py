"""The values of facets, dates and filters on a results page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet with its count, or articles without any value.

    ``query_string`` is the search with this value selected, or deselected if it was;
    ``exclusion`` is that without its articles, or with them again if it is *excluded*.
    """

    value: str
    label: str | Promise
    count: int
    selected: bool
    query_string: str
    excluded: bool = False
    exclusion: str = ""


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
    """The hits by date at one grain: ``year``, ``month`` or ``day``.

    ``broader_query_string`` is the search in the next broader period; ``None`` where no
    dates are filtered by.
    """

    grain: str
    buckets: tuple[DateBucket, ...]
    undated: int
    broader_query_string: str | None
    broader_label: str = ""


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
