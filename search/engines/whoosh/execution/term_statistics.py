"""Statistics of the words of a query in the index, and near spellings of a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from whoosh import query as q

from search.arabic.analyzer import surfaces
from search.arabic.edit_distance import typo_cost
from search.arabic.families import asked_family, family, prime
from search.deadline import Deadline
from search.engines.contract import FormCount, Spelling, Word, WordStatistics
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.families import PostingLists
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.top_k import top_k
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.compiler import compile_term
from search.engines.whoosh.query.expansion import expand
from search.engines.whoosh.query.multi_term import MultiTermQuery
from search.query import Fuzzy, Level, Term

# Letters of the shortest words with which one and two edits leave a word recognizable.
_ONE_EDIT_FROM: Final = 3
_TWO_EDITS_FROM: Final = 6
# The most frequent forms of a word in a segment, which are counted singly.
_MAX_COUNTED: Final = 3_000
# The most frequent near forms, whose edits are weighed; rarer ones are no suggestion.
_MAX_WEIGHED: Final = 300


def explain(
    snapshot: Snapshot, words: Sequence[Word], deadline: Deadline, *, most_forms: int
) -> tuple[WordStatistics, ...]:
    """The statistics of each of *words*, with at most *most_forms* forms of each.

    Raises QueryTooExpensive after the *deadline*.
    """
    # The search before has left the postings in the cache.
    with Matching(snapshot, deadline, caches=True) as matching:
        statistics = {
            word: _explain(matching, word, most_forms) for word in dict.fromkeys(words)
        }
    return tuple(statistics[word] for word in words)


def _explain(matching: Matching, word: Word, most_forms: int) -> WordStatistics:
    matching.deadline.check()
    snapshot = matching.snapshot
    articles = {}
    if isinstance(word.query, Term):
        for level in Level:
            compiled = compile_term(word.query, level, word.field)
            articles[level] = matching.find(compiled).size
    level = word.query.level if isinstance(word.query, Term) else Level.FAMILY
    query = compile_term(word.query, level, word.field)
    if not isinstance(query, q.Term | q.MultiTerm):
        # A word that the analyzer splits, or whose diacritics count, is its only form.
        text = word.query.text
        own = FormCount(text, text, articles.get(Level.EXACT, 0))
        forms = [own] if own.articles else []
        return WordStatistics(articles, tuple(forms), len(forms), len(forms))
    expansions = _expand_all(snapshot, query)
    forms, distinct = _count_forms(expansions, most_forms)
    # Forms with live documents in the segment that has most such forms.
    most = max((int(np.count_nonzero(one.counts)) for one in expansions), default=0)
    used = max(distinct, most)
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
        return int(lists[0].size)
    terms: set[bytes] = set()
    for field, of_field in zip(fields, lists, strict=True):
        terms.update(field.terms.iter_at(field.ordinals_of(of_field)))
    return len(terms)


@dataclass(frozen=True, slots=True)
class _Expansion:
    """The terms of a query in one segment: ordinals, and live documents of each."""

    field: FieldPostings
    ordinals: Array
    counts: Array


def _expand_all(snapshot: Snapshot, query: q.Query) -> list[_Expansion]:
    """The terms that *query* stands for in each segment."""
    expanded = expand(snapshot, query)
    expansions = []
    for base, field in snapshot.fields(query.field()):
        lists = expanded(field)
        counts = _count_live(snapshot, base, field, lists)
        expansions.append(_Expansion(field, field.ordinals_of(lists), counts))
    return expansions


def _count_forms(
    expansions: Iterable[_Expansion], most_forms: int
) -> tuple[list[FormCount], int]:
    """The *most_forms* forms with most articles, and how many forms there are.

    Only the `_MAX_COUNTED` most frequent of each segment are counted.
    """
    articles: dict[bytes, int] = {}
    # The segment where a form has most articles tells how it is mostly printed.
    most: dict[bytes, tuple[int, FieldPostings, int]] = {}
    for one in expansions:
        frequent = top_k((-one.counts, one.ordinals), 0, _MAX_COUNTED)
        # Terms without live documents are the last.
        frequent = frequent[: np.count_nonzero(one.counts[frequent])]
        ordinals, counts = one.ordinals[frequent], one.counts[frequent]
        terms = one.field.terms.iter_at(ordinals)
        for term, ordinal, count in zip(
            terms, ordinals.tolist(), counts.tolist(), strict=True
        ):
            articles[term] = articles.get(term, 0) + count
            if term not in most or count > most[term][0]:
                most[term] = count, one.field, ordinal
    # UTF-8 sorts as the characters do.
    best = sorted(articles.items(), key=lambda form: (-form[1], form[0]))[:most_forms]
    forms = []
    for term, count in best:
        _count, field, ordinal = most[term]
        forms.append(FormCount(term.decode(), field.display_forms[ordinal], count))
    return forms, len(articles)


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
    forms = surfaces(word.query.text)
    if len(forms) != 1 or len(forms[0]) < _ONE_EDIT_FROM:
        return ()
    [surface] = forms
    edits = 2 if len(surface) >= _TWO_EDITS_FROM else 1
    # Within two edits there are so many that a rare form within one would be cut off.
    near = dict.fromkeys(
        form
        for distance in range(1, edits + 1)
        for form in _list_near(snapshot, word, distance)
    )
    weighed = _weigh(word.query.text, near, edits)
    best = sorted(weighed, key=lambda one: (one.cost, -one.articles, one.word))
    return tuple(best[:limit])


def _list_near(snapshot: Snapshot, word: Word, edits: int) -> list[FormCount]:
    """The most frequent forms within *edits* of *word*."""
    query = compile_term(Fuzzy(word.query.text, edits), Level.FAMILY, word.field)
    return _count_forms(_expand_all(snapshot, query), _MAX_WEIGHED)[0]


def _weigh(word: str, forms: Iterable[FormCount], edits: int) -> Iterator[Spelling]:
    [surface] = surfaces(word)
    lemmas = frozenset(asked_family(word).lemmas)
    near = list(forms)
    prime(form.surface for form in near)
    for form in near:
        cost = typo_cost(surface, form.surface)
        if cost <= edits and lemmas.isdisjoint(family(form.surface).lemmas):
            yield Spelling(form.spelling, cost, form.articles)
