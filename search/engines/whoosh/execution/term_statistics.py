"""What the words of a query stand for in the index, and what they may be meant for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from whoosh import query as q

from search.arabic.analyzer import cached_stem, surfaces
from search.arabic.edit_distance import typo_cost
from search.engines.contract import FormCount, Spelling, Word, WordStatistics
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.postings import FieldPostings, PostingLists
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.top_k import top_k
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.compiler import compile_word
from search.engines.whoosh.query.expansion import expand
from search.engines.whoosh.query.multi_term import ManyForms
from search.query import Fuzzy, Level, Term

# Letters from which on two slips in a word still leave it recognizable.
TWO_SLIPS_FROM: Final = 6
SHORTEST_MENDED: Final = 3
# Forms of a word that are counted one by one in each segment.
_MOST_COUNTED: Final = 3_000
# Of nearly alike words only those that articles do have are worth weighing.
_MOST_WEIGHED: Final = 300


def explain(
    snapshot: Snapshot, words: Sequence[Word], *, most_forms: int
) -> tuple[WordStatistics, ...]:
    """What each of *words* stands for, with at most so many of its forms."""
    return tuple(_explain(snapshot, word, most_forms) for word in words)


def _explain(snapshot: Snapshot, word: Word, most_forms: int) -> WordStatistics:
    articles = {}
    if isinstance(word.query, Term):
        matching = Matching(snapshot)
        for level in Level:
            compiled = compile_word(word.query, level, word.field)
            articles[level] = matching.find(compiled).size
    level = word.query.level if isinstance(word.query, Term) else Level.FAMILY
    leaf = compile_word(word.query, level, word.field)
    if not isinstance(leaf, q.Term | q.MultiTerm):
        # A word that the analyzer takes apart, or one whose marks count: itself.
        text = word.query.text
        own = FormCount(text, text, articles.get(Level.EXACT, 0))
        forms = [own] if own.articles else []
        return WordStatistics(articles, tuple(forms), len(forms), len(forms))
    picked = _pick_all(snapshot, leaf)
    forms, different = _count_forms(picked, most_forms)
    # How many living forms the segment has that has most of them.
    most = max((int(np.count_nonzero(one.counts)) for one in picked), default=0)
    used = max(different, most)
    found = used
    if isinstance(leaf, ManyForms):
        found = max(used, _count_all(snapshot, leaf))
    return WordStatistics(articles, tuple(forms), found, used)


def _count_all(snapshot: Snapshot, leaf: ManyForms) -> int:
    """How many forms *leaf* stands for; 0 where all of them are looked for."""
    found = [(field, leaf.find(field)) for _, field in snapshot.fields(leaf.fieldname)]
    if not any(leaf.has_too_many(ordinals) for _field, ordinals in found):
        return 0
    return len(
        {
            field.terms[at]
            for field, lists in found
            for at in field.ordinals_of(lists).tolist()
        }
    )


@dataclass(frozen=True, slots=True)
class _Picked:
    """The forms of a word in a segment, and how many living documents have each."""

    field: FieldPostings
    ordinals: Array
    counts: Array


def _pick_all(snapshot: Snapshot, leaf: q.Query) -> list[_Picked]:
    """The forms that *leaf* stands for in each segment."""
    pick_terms = expand(snapshot, leaf)
    picked = []
    for base, field in snapshot.fields(leaf.field()):
        lists = pick_terms(field)
        counts = _count_alive(snapshot, base, field, lists)
        picked.append(_Picked(field, field.ordinals_of(lists), counts))
    return picked


def _count_forms(
    picked: Iterable[_Picked], most_forms: int
) -> tuple[list[FormCount], int]:
    """The forms that most articles have, those of most first, and how many there are.

    Of a great many only the commonest of each segment: nobody reads the rest.
    """
    articles: dict[bytes, int] = {}
    # The most that one segment has of a form: its spelling there is the commonest.
    most: dict[bytes, tuple[int, FieldPostings, int]] = {}
    for one in picked:
        common = top_k((-one.counts, one.ordinals), 0, _MOST_COUNTED)
        ordinals, counts = one.ordinals[common].tolist(), one.counts[common].tolist()
        for ordinal, count in zip(ordinals, counts, strict=True):
            if not count:
                continue
            term = one.field.terms[ordinal]
            articles[term] = articles.get(term, 0) + count
            if term not in most or count > most[term][0]:
                most[term] = count, one.field, ordinal
    # The order of UTF-8 is that of the characters.
    best = sorted(articles.items(), key=lambda form: (-form[1], form[0]))[:most_forms]
    forms = []
    for term, count in best:
        _count, field, ordinal = most[term]
        forms.append(FormCount(term.decode(), field.display_forms[ordinal], count))
    return forms, len(articles)


def _count_alive(
    snapshot: Snapshot, base: int, field: FieldPostings, lists: PostingLists
) -> Array:
    """How many documents that are not deleted each of *lists* has."""
    counts = field.doc_freqs(lists)
    if snapshot.live_docs is None or not counts.size:
        return counts
    owners = np.repeat(np.arange(counts.size), counts)
    alive = snapshot.live_docs[field.docs(lists) + base]
    return np.bincount(owners[alive], minlength=counts.size)


def find_spellings(
    snapshot: Snapshot, word: Word, *, limit: int
) -> tuple[Spelling, ...]:
    """Words of the index that are written nearly like *word*, the best first.

    Those of the word's own family are not among them: they are found already.
    """
    found = surfaces(word.query.text)
    if len(found) != 1 or len(found[0]) < SHORTEST_MENDED:
        return ()
    [surface] = found
    edits = 2 if len(surface) >= TWO_SLIPS_FROM else 1
    # With two edits so many are near that a rare word of one would not be weighed.
    forms = dict.fromkeys(
        form
        for at_most in range(1, edits + 1)
        for form in _list_near(snapshot, word, at_most)
    )
    weighed = _weigh(surface, forms, edits)
    best = sorted(weighed, key=lambda one: (one.cost, -one.articles, one.word))
    return tuple(best[:limit])


def _list_near(snapshot: Snapshot, word: Word, edits: int) -> list[FormCount]:
    """The commonest forms at most *edits* away from *word*."""
    near = compile_word(Fuzzy(word.query.text, edits), Level.FAMILY, word.field)
    return _count_forms(_pick_all(snapshot, near), _MOST_WEIGHED)[0]


def _weigh(surface: str, forms: Iterable[FormCount], edits: int) -> Iterator[Spelling]:
    own_stem = cached_stem(surface)
    for form in forms:
        cost = typo_cost(surface, form.surface)
        if cost <= edits and cached_stem(form.surface) != own_stem:
            yield Spelling(form.spelling, cost, form.articles)
