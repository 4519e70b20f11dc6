"""The words of hits, token after token, as their documents keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from search.deadline import Deadline
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.corpus.dates import SOURCE, Group, group_of
from search.engines.opensearch.documents import MONTH, WORDS, YEAR
from search.engines.opensearch.paging import iter_hits, search_many
from search.engines.opensearch.query.words import Json
from search.engines.opensearch.tokens import WITHIN, read_words
from search.engines.whoosh.arrays import Array, concat_sized_ranges
from search.engines.whoosh.execution.positions import POSITION_BITS
from search.errors import IndexUnavailable, QueryTooExpensive
from search.fields import ARTICLE_ID, DATE_FIRST, POSITION_GAP

# Articles whose words are read for one answer: some 50 MB of them.
MOST_READ: Final = 50_000
# Articles that come at once: some 3 MB of JSON.
_AT_ONCE: Final = 1_000


class _Numbers(dict[str, int]):
    """A number for each distinct string, from 0, in the order of their coming."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


@dataclass(frozen=True)
class Texts:
    """The words of articles, ascending by their ids; documents are numbered so.

    By document: ``articles``, ``days`` (yyyymmdd or 0), ``groups``, and in ``found``
    whether each query that was asked for finds the article: bool[n_docs].
    By token: ``encoded`` positions, ascending, ``in_title``, and the number of its word
    in ``words``, which are as ``WordTokens.printed`` has them, in no order.
    """

    articles: Array
    days: Array
    groups: list[Group]
    found: list[Array]
    encoded: Array
    in_title: Array
    numbers: Array
    words: list[str]

    def docs(self, flags: Array) -> Array:
        """The numbers of the documents with a flag, ascending."""
        return flags.nonzero()[0]

    @property
    def forms(self) -> list[str]:
        """The surface form and the telling form of each of ``words``, joined."""
        return [WITHIN.join(word.split(WITHIN, 2)[:2]) for word in self.words]


class TextReader:
    """Reads the words of the hits of some queries, all within the time of a search."""

    def __init__(self, cluster: Cluster, index: str, deadline: Deadline) -> None:
        self._cluster = cluster
        self._index = index
        self._deadline = deadline

    def read(self, queries: Sequence[Json], scope: Json) -> Texts:
        """The words of all articles of *scope* that any of *queries* finds.

        Raises QueryTooExpensive for more than `MOST_READ`, and IndexUnavailable where
        the index is of a time when documents did not keep them.
        """
        named = [
            {"bool": {"filter": query, "_name": str(number)}}
            for number, query in enumerate(queries)
        ]
        asked = {"should": named, "minimum_should_match": 1, "filter": scope}
        body: Json = {"query": {"bool": asked}}
        self._check_number(body)
        return self._collect(len(queries), body)

    def _check_number(self, body: Json) -> None:
        [answer] = search_many(
            self._cluster, self._index, [{**body, "size": 0, "track_total_hits": True}]
        )
        if answer["hits"]["total"]["value"] > MOST_READ:
            raise QueryTooExpensive(
                _(
                    "Words are counted in at most %(most)s articles at once, and this "
                    "search has more. Narrow it, by date or by source for example."
                )
                % {"most": number_format(MOST_READ, force_grouping=True)}
            )

    def _collect(self, queries: int, body: Json) -> Texts:
        fields = [ARTICLE_ID, DATE_FIRST, SOURCE, YEAR, MONTH]
        hits = iter_hits(
            self._cluster,
            self._index,
            {
                **body,
                "sort": [{ARTICLE_ID: "asc"}],
                "size": _AT_ONCE,
                "_source": [WORDS],
                "docvalue_fields": fields,
            },
        )
        collected = _Collected(queries)
        for hit in hits:
            self._deadline.check()
            collected.add(hit)
        return collected.texts()


class _Collected:
    """What has been read so far."""

    def __init__(self, queries: int) -> None:
        self._words = _Numbers()
        self._articles: list[int] = []
        self._days: list[int] = []
        self._groups: list[Group] = []
        self._found = [bytearray() for _ in range(queries)]
        self._numbers: list[Array] = [np.empty(0, np.int64)]
        # Of each part of a text: where it begins, and its tokens.
        self._starts: list[int] = []
        self._sizes: list[int] = []
        self._titles: list[bool] = []

    def add(self, hit: Mapping[str, Any]) -> None:
        fields = {name: values[0] for name, values in hit["fields"].items()}
        written = hit.get("_source", {}).get(WORDS)
        if written is None:
            raise IndexUnavailable(
                _(
                    "This index is of an older version. Build it anew with "
                    "rebuild_index."
                )
            )
        self._add_words(written, len(self._articles) << POSITION_BITS)
        self._articles.append(fields[ARTICLE_ID])
        self._days.append(fields.get(DATE_FIRST, 0))
        values = (fields.get(name) for name in (SOURCE, YEAR, MONTH))
        self._groups.append(group_of(*values))
        names = {*hit["matched_queries"]}
        for number, found in enumerate(self._found):
            found.append(str(number) in names)

    def _add_words(self, written: Mapping[str, Any], first: int) -> None:
        order = read_words(written)
        if not order.words:
            return
        numbers = np.array(list(map(self._words.__getitem__, order.words)))
        tokens = np.frombuffer(order.numbers, f"<u{order.size}")
        self._numbers.append(numbers[tokens])
        for part, size in enumerate(order.parts):
            if size:
                self._starts.append(first)
                self._sizes.append(size)
                # The title is the first part of the content.
                self._titles.append(part == 0)
                first += size + POSITION_GAP

    def texts(self) -> Texts:
        sizes = np.array(self._sizes, np.int64)
        return Texts(
            articles=np.array(self._articles, np.int64),
            days=np.array(self._days, np.int64),
            groups=self._groups,
            found=[np.frombuffer(each, bool) for each in self._found],
            encoded=concat_sized_ranges(np.array(self._starts, np.int64), sizes),
            in_title=np.array(self._titles, bool).repeat(sizes),
            numbers=np.concatenate(self._numbers),
            words=list(self._words),
        )
