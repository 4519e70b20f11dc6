"""Documents like a text: a search for the words that set the text apart."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Final

from whoosh import query as q

from search.arabic.analyzer import cached_stem, surfaces
from search.engines.whoosh.execution.postings_reader import PostingsReader
from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.nodes import Family
from search.engines.whoosh.schema import split_values

# Key words searched for; more cost time and add little.
MOST_KEYS: Final = 25
# Words of the text whose rarity is looked up, most frequent first.
_MOST_CONSIDERED: Final = 400


def key_query(snapshot: Snapshot, field: str, text: Any) -> q.Query:
    """A query for the words of *text* that are frequent in it and rare elsewhere.

    *text* is what the field would index: a string or a list of them. Words are
    weighed by frequency times rarity; at most ``MOST_KEYS`` are searched for.
    """
    if field not in snapshot.schema:
        return q.NullQuery
    frequencies = Counter(_keys(snapshot, field, text)).most_common(_MOST_CONSIDERED)
    leaves = PostingsReader(snapshot)
    weighed = []
    for key, frequency in frequencies:
        leaf = _leaf(snapshot, field, key)
        found = leaves.read(leaf).doc_freq
        if found:
            rarity = math.log1p(snapshot.max_doc / found)
            weighed.append((frequency * rarity, key, leaf))
    weighed.sort(key=lambda one: (-one[0], one[1]))
    best = weighed[:MOST_KEYS]
    for weight, _, leaf in best:
        # The score of a leaf has the rarity in it already.
        leaf.boost = weight / best[0][0]
    return q.Or([leaf for _, _, leaf in best]) if best else q.NullQuery


def _keys(snapshot: Snapshot, field: str, text: Any) -> list[str]:
    analyzer = snapshot.schema[field].analyzer
    keys: list[str] = []
    for part in split_values(text):
        if kind_of(snapshot.schema[field]) is Kind.ARABIC_TEXT:
            keys.extend(cached_stem(surface) for surface in surfaces(str(part)))
        else:
            keys.extend(token.text for token in analyzer(str(part), mode="index"))
    return keys


def _leaf(snapshot: Snapshot, field: str, key: str) -> q.Query:
    if kind_of(snapshot.schema[field]) is Kind.ARABIC_TEXT:
        return Family(field, key)
    return q.Term(field, key)
