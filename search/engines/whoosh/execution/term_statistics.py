"""Statistics of the words of a query in the index, and near spellings of a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from whoosh import query as q

from search.arabic.display_form import choose_display_form
from search.deadline import Deadline
from search.engines.contract import (
    EVERY_LEVEL,
    FormCount,
    Spelling,
    Word,
    WordStatistics,
)
from search.engines.spellings import MAX_WEIGHED, choose_spellings
from search.engines.whoosh.arrays import Array, distinct
from search.engines.whoosh.codec.families import PostingLists
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.top_k import top_k
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.compiler import compile_term
from search.engines.whoosh.query.expansion import expand
from search.engines.whoosh.query.multi_term import MultiTermQuery
from search.engines.whoosh.query.nodes import PrintedTerm
from search.query import Fuzzy, Level, Term

# The most frequent forms of a word in a segment, which are counted singly.
_MAX_COUNTED: Final = 3_000


def explain(
    snapshot: Snapshot,
    words: Sequence[Word],
    deadline: Deadline,
    *,
    most_forms: int,
    levels: Collection[Level] = EVERY_LEVEL,
) -> tuple[WordStatistics, ...]:
    """The statistics of each of *words*, with at most *most_forms* forms of each.

    Articles are counted at these *levels*. Raises QueryTooExpensive after the
    *deadline*.
    """
    # The search before has left the postings in the cache.
    with Matching(snapshot, deadline, caches=True) as matching:
        statistics = {
            word: _explain(matching, word, most_forms, levels)
            for word in dict.fromkeys(words)
        }
    return tuple(statistics[word] for word in words)


def count(
    snapshot: Snapshot, words: Sequence[Word], deadline: Deadline
) -> tuple[int, ...]:
    """How many live documents have each of *words*, a ``Term`` each, at its level.

    Raises QueryTooExpensive after the *deadline*.
    """
    with Matching(snapshot, deadline, caches=True) as matching:
        return tuple(
            _count_at(matching, word, word.query.level)
            for word in words
            if isinstance(word.query, Term)
        )


def _count_at(matching: Matching, word: Word, level: Level) -> int:
    matching.deadline.check()
    return matching.find(compile_term(word.query, level, word.field)).size


def _explain(
    matching: Matching, word: Word, most_forms: int, levels: Collection[Level]
) -> WordStatistics:
    matching.deadline.check()
    snapshot = matching.snapshot
    counted = levels if isinstance(word.query, Term) else ()
    articles = {each: _count_at(matching, word, each) for each in counted}
    level = word.query.level if isinstance(word.query, Term) else Level.FAMILY
    query = compile_term(word.query, level, word.field)
    if not isinstance(query, q.Term | q.MultiTerm):
        # A word that the analyzer splits, or whose diacritics count, is its only form.
        text = word.query.text
        own_level = Level.LETTERS if level is Level.LETTERS else Level.EXACT
        own_articles = articles.get(own_level)
        if own_articles is None and isinstance(word.query, Term):
            own_articles = _count_at(matching, word, own_level)
        own = FormCount(text, text, own_articles or 0)
        forms = [own] if own.articles else []
        return WordStatistics(articles, tuple(forms), len(forms), len(forms))
    expansions = _expand_all(snapshot, query)
    forms, n_counted = _count_forms(expansions, most_forms)
    # Forms with live documents in the segment that has most such forms.
    most = max((int(np.count_nonzero(one.articles)) for one in expansions), default=0)
    used = max(n_counted, most)
    found = used
    if isinstance(query, MultiTermQuery):
        found = max(used, _count_all(snapshot, query))
    return WordStatistics(articles, tuple(forms), found, used)


def _count_all(snapshot: Snapshot, query: MultiTermQuery) -> int:
    """How many terms *query* stands for; 0 where all of them are searched for."""
    fields = [field for _, field in snapshot.fields(query.fieldname)]
    lists = [query.find(field) for field in fields]
    if not any(map(query.is_cut, lists)):
        return 0
    if len(fields) == 1:
        return int(distinct(fields[0].ordinals_of(lists[0])).size)
    terms: set[bytes] = set()
    for field, of_field in zip(fields, lists, strict=True):
        terms.update(field.terms.iter_at(field.ordinals_of(of_field)))
    return len(terms)


@dataclass(frozen=True, slots=True)
class _Expansion:
    """The posting lists of a query in one segment, and the terms that they are of.

    ``lists`` with the live documents of each, ``counts``, and its term, ``terms``;
    ``ordinals`` of the distinct terms with the live documents of each, ``articles``,
    in all of its lists.
    """

    field: FieldPostings
    lists: Array
    terms: Array
    counts: Array
    ordinals: Array
    articles: Array

    def display_forms(self, ordinal: int) -> Iterator[tuple[str, int]]:
        """The display forms of a term, with the live documents that have each."""
        for at in np.flatnonzero(self.terms == ordinal).tolist():
            yield self.field.display_forms[int(self.lists[at])], int(self.counts[at])


def _expand_all(snapshot: Snapshot, query: q.Query) -> list[_Expansion]:
    """The terms that *query* stands for in each segment."""
    expanded = expand(snapshot, query)
    expansions = []
    for base, field in snapshot.fields(query.field()):
        lists = np.asarray(expanded(field), np.int64)
        terms = field.ordinals_of(lists)
        counts = _count_live(snapshot, base, field, lists)
        # A form leads to the search for it as written, which finds it however printed.
        whole = lists
        if not isinstance(query, PrintedTerm):
            whole = field.lists_of(distinct(terms))
        n_live = counts
        if whole.size != lists.size:
            n_live = _count_live(snapshot, base, field, whole)
        articles = _count_articles(snapshot, base, field, whole, n_live)
        expansions.append(_Expansion(field, lists, terms, counts, *articles))
    return expansions


def _count_articles(
    snapshot: Snapshot, base: int, field: FieldPostings, lists: Array, counts: Array
) -> tuple[Array, Array]:
    """The distinct terms of *lists*, and the live documents of each; by ordinal.

    *counts* has those of each list; a document may have a term in several of its lists.
    """
    terms = field.ordinals_of(lists)
    ordinals, at, n_lists = np.unique(terms, return_inverse=True, return_counts=True)
    articles = np.bincount(at, counts, ordinals.size).astype(np.int64)
    several = lists[n_lists[at] > 1]
    if several.size:
        docs = field.docs(several)
        owners = np.repeat(field.ordinals_of(several), field.doc_freqs(several))
        pairs = np.unique(owners.astype(np.int64) * snapshot.max_doc + docs)
        if snapshot.live_docs is not None:
            pairs = pairs[snapshot.live_docs[pairs % snapshot.max_doc + base]]
        found, distinct_docs = np.unique(pairs // snapshot.max_doc, return_counts=True)
        articles[n_lists > 1] = 0
        articles[np.searchsorted(ordinals, found)] = distinct_docs
    return ordinals, articles


def _count_forms(
    expansions: Iterable[_Expansion], most_forms: int
) -> tuple[list[FormCount], int]:
    """The *most_forms* forms with most articles, and how many forms there are.

    Only the `_MAX_COUNTED` most frequent of each segment are counted.
    """
    articles: dict[bytes, int] = {}
    found: dict[bytes, list[tuple[_Expansion, int]]] = {}
    for one in expansions:
        frequent = top_k((-one.articles, one.ordinals), 0, _MAX_COUNTED)
        # Terms without live documents are the last.
        frequent = frequent[: np.count_nonzero(one.articles[frequent])]
        ordinals, counts = one.ordinals[frequent], one.articles[frequent]
        terms = one.field.terms.iter_at(ordinals)
        for term, ordinal, count in zip(
            terms, ordinals.tolist(), counts.tolist(), strict=True
        ):
            articles[term] = articles.get(term, 0) + count
            found.setdefault(term, []).append((one, ordinal))
    # UTF-8 sorts as the characters do.
    best = sorted(articles.items(), key=lambda form: (-form[1], form[0]))[:most_forms]
    forms = [
        FormCount(term.decode(), _display_form(found[term]), count)
        for term, count in best
    ]
    return forms, len(articles)


def _display_form(found: Iterable[tuple[_Expansion, int]]) -> str:
    """How a term is mostly printed that was *found* in segments, by its ordinals."""
    counts: Counter[str] = Counter()
    for one, ordinal in found:
        for form, articles in one.display_forms(ordinal):
            counts[form] += articles
    return choose_display_form(counts)


def _count_live(
    snapshot: Snapshot, base: int, field: FieldPostings, lists: PostingLists
) -> Array:
    """How many documents that are not deleted each of *lists* has: int64[n]."""
    counts = field.doc_freqs(lists)
    if snapshot.live_docs is None or not counts.size:
        return counts
    owners = np.repeat(np.arange(counts.size), counts)
    alive = snapshot.live_docs[field.docs(lists) + base]
    return np.bincount(owners[alive], minlength=counts.size)


def find_spellings(
    snapshot: Snapshot, word: Word, deadline: Deadline, *, limit: int
) -> tuple[Spelling, ...]:
    """At most *limit* words of the index that are spelled nearly like *word*.

    The likeliest first. Words of the same family are left out: they match anyway.
    Raises QueryTooExpensive after the *deadline*.
    """
    deadline.check()
    return choose_spellings(
        word.query.text,
        lambda edits: _list_near(snapshot, word, edits),
        limit=limit,
    )


def _list_near(snapshot: Snapshot, word: Word, edits: int) -> list[FormCount]:
    """The most frequent forms within *edits* of *word*."""
    query = compile_term(Fuzzy(word.query.text, edits), Level.FAMILY, word.field)
    return _count_forms(_expand_all(snapshot, query), MAX_WEIGHED)[0]
