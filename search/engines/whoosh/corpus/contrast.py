"""Which words set two sets of articles apart: log-likelihood by lemma.

T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence",
Computational Linguistics 19 (1993); P. Rayson and R. Garside, "Comparing Corpora using
Frequency Profiling" (2000), whose form of it this is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

import numpy as np

from search.arabic.lexicon.function_words import (
    function_words,
    is_content_word,
)
from search.arabic.normalize import fold
from search.engines.corpus import Contrast, KeyWord
from search.engines.whoosh.arrays import Array, distinct, run_starts
from search.engines.whoosh.codec.families import Families
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.corpus.occurrences import flag_docs
from search.engines.whoosh.corpus.scanning import iter_pieces
from search.engines.whoosh.execution.matching import Matching
from search.fields import CONTENT

# Occurrences in both sets together, and articles, below which a lemma is not compared:
# what one article repeats says nothing of a set.
LEAST_OCCURRENCES: Final = 5
LEAST_ARTICLES: Final = 3
# What G2 exceeds by chance once in ten thousand lemmas: chi-squared, one degree of
# freedom, p < 0.0001, which P. Rayson, D. Berridge and B. Francis, "Extending the
# Cochran rule for the comparison of word frequencies between corpora" (2004), found
# sound for expected frequencies from 1 up.
LEAST_G2: Final = 15.13
_NONE: Final = np.empty(0, np.int64)


def log_likelihood(
    first: Array, second: Array, first_size: int, second_size: int
) -> Array:
    """G2 of occurrences *first* and *second* in corpora of so many tokens: float64[n].

    >>> log_likelihood(np.array([30]), np.array([10]), 1000, 1000).round(2).tolist()
    [10.46]
    >>> log_likelihood(np.array([0, 7]), np.array([0, 7]), 50, 50).tolist()
    [0.0, 0.0]
    """
    both, size = first + second, first_size + second_size
    g2 = np.zeros(both.shape)
    for observed, part in ((first, first_size), (second, second_size)):
        expected = both * (part / size)
        seen = observed > 0
        g2[seen] += observed[seen] * np.log(observed[seen] / expected[seen])
    doubled: Array = 2 * g2
    return doubled


@dataclass(frozen=True, slots=True)
class _Counts:
    """Occurrences of lemmas in both sets: parallel int64[n], by lemma.

    ``keys`` are the lemmas. ``lists`` is the posting list of the form that occurs most,
    ``segments`` the number of its segment, ``most`` how often it occurs.
    """

    keys: list[bytes]
    first: Array
    second: Array
    lists: Array
    segments: Array
    most: Array


class _Sets:
    """Two disjoint sets of documents, *first* and *second*, of one snapshot."""

    def __init__(self, matching: Matching, first: Array, second: Array) -> None:
        self.deadline = matching.deadline
        max_doc = matching.snapshot.max_doc
        self.first = flag_docs(first, max_doc)
        self.second = flag_docs(second, max_doc)
        self.either = self.first | self.second
        self.fields = list(matching.snapshot.fields(CONTENT))


def contrast(
    matching: Matching, first: Array, second: Array, *, limit: int
) -> Contrast:
    """The lemmas that set the documents *first* and *second*, disjoint, apart."""
    lengths = matching.snapshot.lengths(CONTENT)
    sizes = int(lengths[first].sum()), int(lengths[second].sum())
    articles = first.size, second.size
    if not all(sizes):
        return Contrast((), (), sizes, articles, 0)
    sets = _Sets(matching, first, second)
    counts = _merge([_count_lemmas(sets, at) for at in range(len(sets.fields))])
    pair = LemmaCounts(counts.first, counts.second, sizes, articles)
    return choose_key_words(
        pair, limit, lambda order: _iter_key_words(sets, counts, order)
    )


@dataclass(frozen=True, slots=True)
class LemmaCounts:
    """Occurrences of lemmas in two sets, parallel int64[n], by lemma in their order.

    ``sizes`` are the tokens of each set, ``articles`` its articles.
    """

    first: Array
    second: Array
    sizes: tuple[int, int]
    articles: tuple[int, int]


def choose_key_words(
    counts: LemmaCounts,
    limit: int,
    iter_forms: Callable[[Array], Iterator[tuple[int, str]]],
) -> Contrast:
    """The lemmas that set two sets apart, at most *limit* on each side.

    *iter_forms* takes the numbers of lemmas and leaves out those that few articles
    have, or that say nothing; it tells of each the form in which it is mostly printed.
    """
    first, second, sizes = counts.first, counts.second, counts.sizes
    enough = first + second >= LEAST_OCCURRENCES
    g2 = log_likelihood(first, second, *sizes)
    telling = (enough & (g2 >= LEAST_G2)).nonzero()[0]
    is_first = first[telling] * sizes[1] > second[telling] * sizes[0]
    sides = []
    for chosen in (is_first, ~is_first):
        own = telling[chosen]
        order = own[np.argsort(-g2[own], kind="stable")]
        best = islice(iter_forms(order), limit)
        sides.append(
            tuple(
                KeyWord(form, int(first[at]), int(second[at]), float(g2[at]))
                for at, form in best
            )
        )
    compared = int(np.count_nonzero(enough))
    return Contrast(sides[0], sides[1], sizes, counts.articles, compared)


def _iter_key_words(
    sets: _Sets, counts: _Counts, order: Array
) -> Iterator[tuple[int, str]]:
    """The lemmas of *order* that enough articles have, and their forms."""
    for each in order.tolist():
        sets.deadline.check()
        _base, field = sets.fields[int(counts.segments[each])]
        form = field.display_forms[int(counts.lists[each])]
        if is_content_word(fold(form)) and _is_common(sets, counts.keys[each]):
            yield each, form


def _is_common(sets: _Sets, lemma: bytes) -> bool:
    """Whether enough articles of both sets together have a form of *lemma*."""
    articles = 0
    for base, field in sets.fields:
        lists = field.families.of_lemmas((lemma,))
        docs = distinct(field.docs(lists) + base)
        articles += int(np.count_nonzero(sets.either[docs]))
    return articles >= LEAST_ARTICLES


def _count_lemmas(sets: _Sets, segment: int) -> _Counts:
    """The lemmas of one segment, without function words and numbers."""
    _base, field = sets.fields[segment]
    in_first, in_second = _count_lists(sets, segment)
    in_first[_function_words(field)] = 0
    in_second[_function_words(field)] = 0
    used = (in_first + in_second).nonzero()[0]
    families = field.families
    if not used.size or not isinstance(families, Families):
        none = np.empty(0, np.int64)
        return _Counts([], none, none, none, none, none)
    lemmas = families.likeliest(used)
    in_first, in_second = in_first[used], in_second[used]
    order = np.lexsort((in_first + in_second, lemmas))
    starts = run_starts(lemmas[order])
    lasts = order[np.append(starts[1:], order.size) - 1]
    return _Counts(
        list(families.lemmas.iter_at(lemmas[order][starts])),
        np.add.reduceat(in_first[order], starts),
        np.add.reduceat(in_second[order], starts),
        used[lasts],
        np.full(lasts.size, segment),
        (in_first + in_second)[lasts],
    )


def _function_words(field: FieldPostings) -> Array:
    """The posting lists of function words: int64[n]."""
    lists = [np.asarray(field.find(word.encode())) for word in function_words()]
    return np.concatenate([_NONE, *lists]).astype(np.int64)


def _count_lists(sets: _Sets, segment: int) -> tuple[Array, Array]:
    """The occurrences of each posting list in both sets: int64[n_lists]."""
    base, field = sets.fields[segment]
    sums = np.zeros(field.n_lists, np.int64), np.zeros(field.n_lists, np.int64)
    for piece, of_postings in iter_pieces(field, sets.deadline):
        docs = field.docs(piece) + base
        here = sets.either[docs].nonzero()[0]
        freqs = field.occurrences(piece).freqs[here]
        lists, docs = of_postings[here] - piece.start, docs[here]
        for total, flags in zip(sums, (sets.first, sets.second), strict=True):
            counts = np.bincount(lists, freqs * flags[docs], len(piece))
            total[piece.start : piece.stop] = counts
    return sums


def _merge(segments: Iterable[_Counts]) -> _Counts:
    """The lemmas of all segments; the form is that of the segment that has it most."""
    parts = list(segments)
    if len(parts) == 1:
        return parts[0]
    keys = dict.fromkeys(chain.from_iterable(part.keys for part in parts))
    number_of = {key: number for number, key in enumerate(keys)}
    sums = [np.zeros(len(keys), np.int64) for _ in range(5)]
    first, second, lists, of_segments, most = sums
    for part in parts:
        at = np.array([number_of[key] for key in part.keys], np.int64)
        first[at] += part.first
        second[at] += part.second
        better = part.most > most[at]
        for total, own in (
            (lists, part.lists),
            (of_segments, part.segments),
            (most, part.most),
        ):
            total[at[better]] = own[better]
    return _Counts(list(keys), *sums)
