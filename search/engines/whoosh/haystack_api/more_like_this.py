"""``SearchQuerySet.more_like_this``: a query for the key words of a text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

from whoosh import query as q
from whoosh.fields import FieldType

from search.arabic.families import family, join_keys, prime, telling_forms
from search.arabic.tokenize import list_words
from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.query.nodes import Family
from search.engines.whoosh.schema import split_values

# Key words of a query; more cost time and add little.
MAX_KEYS: Final = 25
# Words of the text, most frequent first, whose document frequency is read.
_MAX_WEIGHED: Final = 400

# The document frequency of each term query.
CountDocs = Callable[[Sequence[q.Query]], Sequence[int]]


def key_query(
    field: FieldType, name: str, text: Any, *, count: CountDocs, documents: int
) -> q.Query:
    """A query for the ``MAX_KEYS`` words of *text* with the greatest tf-idf.

    *text* is a value of *field*, which is called *name*: a string or a list of strings.
    Words of Arabic text are word families. The inverse document frequency is
    log(1 + N / df) with *documents* for N.
    """
    frequencies = Counter(_keys(field, text)).most_common(_MAX_WEIGHED)
    terms = [_term_query(field, name, key) for key, _ in frequencies]
    weighed = [
        (frequency * math.log1p(documents / doc_freq), key, term)
        for (key, frequency), term, doc_freq in zip(
            frequencies, terms, count(terms) if terms else (), strict=True
        )
        if doc_freq
    ]
    weighed.sort(key=lambda item: (-item[0], item[1]))
    best = weighed[:MAX_KEYS]
    for weight, _, term in best:
        # Relative to the best, as Lucene's MoreLikeThis boosts.
        term.boost = weight / best[0][0]
    return q.Or([term for _, _, term in best]) if best else q.NullQuery


def _keys(field: FieldType, text: Any) -> list[str]:
    keys: list[str] = []
    for part in split_values(text):
        if kind_of(field) is Kind.ARABIC_TEXT:
            found = list(filter(None, telling_forms(list_words(str(part)))))
            prime(found)
            keys.extend(join_keys(family(form).lemmas[:1]) for form in found)
        else:
            keys.extend(token.text for token in field.analyzer(str(part), mode="index"))
    return keys


def _term_query(field: FieldType, name: str, key: str) -> q.Query:
    if kind_of(field) is Kind.ARABIC_TEXT:
        return Family(name, key)
    return q.Term(name, key)
