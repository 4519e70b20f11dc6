"""``SearchQuerySet.more_like_this``: a query for the key words of a text."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Final

from whoosh import query as q

from search.arabic.analyzer import cached_display_form
from search.arabic.families import family, join_keys, prime
from search.arabic.tokenize import list_words
from search.engines.whoosh.execution.postings_reader import PostingsReader
from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.nodes import Family
from search.engines.whoosh.schema import split_values

# Key words of a query; more cost time and add little.
MAX_KEYS: Final = 25
# Words of the text, most frequent first, whose document frequency is read.
_MAX_WEIGHED: Final = 400


def key_query(snapshot: Snapshot, field: str, text: Any) -> q.Query:
    """A query for the ``MAX_KEYS`` words of *text* with the greatest tf-idf.

    *text* is a value of the field: a string or a list of strings. Words of Arabic text
    are word families. The inverse document frequency is log(1 + N / df), with deleted
    documents counted.
    """
    if field not in snapshot.schema:
        return q.NullQuery
    frequencies = Counter(_keys(snapshot, field, text)).most_common(_MAX_WEIGHED)
    postings = PostingsReader(snapshot)
    weighed = []
    for key, frequency in frequencies:
        term = _term_query(snapshot, field, key)
        doc_freq = postings.read(term).doc_freq
        if doc_freq:
            weight = frequency * math.log1p(snapshot.max_doc / doc_freq)
            weighed.append((weight, key, term))
    weighed.sort(key=lambda item: (-item[0], item[1]))
    best = weighed[:MAX_KEYS]
    for weight, _, term in best:
        # Relative to the best, as Lucene's MoreLikeThis boosts.
        term.boost = weight / best[0][0]
    return q.Or([term for _, _, term in best]) if best else q.NullQuery


def _keys(snapshot: Snapshot, field: str, text: Any) -> list[str]:
    analyzer = snapshot.schema[field].analyzer
    keys: list[str] = []
    for part in split_values(text):
        if kind_of(snapshot.schema[field]) is Kind.ARABIC_TEXT:
            found = [
                form
                for word in list_words(str(part))
                if (form := cached_display_form(word))
            ]
            prime(found)
            keys.extend(join_keys(family(form).lemmas[:1]) for form in found)
        else:
            keys.extend(token.text for token in analyzer(str(part), mode="index"))
    return keys


def _term_query(snapshot: Snapshot, field: str, key: str) -> q.Query:
    if kind_of(snapshot.schema[field]) is Kind.ARABIC_TEXT:
        return Family(field, key)
    return q.Term(field, key)
