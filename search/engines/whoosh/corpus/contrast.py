"""Which words set two sets of articles apart: log-likelihood by lemma.

T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence",
Computational Linguistics 19 (1993); P. Rayson and R. Garside, "Comparing Corpora using
Frequency Profiling" (2000), whose form of it this is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from search.arabic.lexicon.function_words import is_content_word
from search.engines.corpus import Contrast, KeyWord
from search.engines.whoosh.arrays import Array, run_starts
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
    """Occurrences and articles of lemmas in both sets, sorted by lemma.

    ``lemmas`` are their keys, ``forms`` the form of each that occurs most.
    """

    lemmas: list[bytes]
    forms: list[str]
    first: Array
    second: Array
    articles: Array
    most: Array


def contrast(
    matching: Matching, first: Array, second: Array, *, limit: int
) -> Contrast:
    """The lemmas that set the documents *first* and *second*, disjoint, apart."""
    lengths = matching.snapshot.lengths(CONTENT)
    sizes = int(lengths[first].sum()), int(lengths[second].sum())
    articles = first.size, second.size
    if not all(sizes):
        return Contrast((), (), sizes, articles, 0)
    counts = _merge(
        [
            _count_lemmas(matching, field, base, first, second)
            for base, field in matching.snapshot.fields(CONTENT)
        ]
    )
    enough = (counts.first + counts.second >= LEAST_OCCURRENCES) & (
        counts.articles >= LEAST_ARTICLES
    )
    g2 = log_likelihood(counts.first, counts.second, *sizes)
    telling = (enough & (g2 >= LEAST_G2)).nonzero()[0]
    is_first = counts.first[telling] * sizes[1] > counts.second[telling] * sizes[0]
    sides = [
        _choose(counts, g2, telling[chosen], limit) for chosen in (is_first, ~is_first)
    ]
    return Contrast(sides[0], sides[1], sizes, articles, int(np.count_nonzero(enough)))


def _choose(counts: _Counts, g2: Array, at: Array, limit: int) -> tuple[KeyWord, ...]:
    """The lemmas *at* with the highest ratio, the highest first."""
    best = at[np.argsort(-g2[at], kind="stable")][:limit].tolist()
    return tuple(
        KeyWord(
            counts.forms[each],
            int(counts.first[each]),
            int(counts.second[each]),
            float(g2[each]),
        )
        for each in best
    )


def _count_lemmas(
    matching: Matching, field: FieldPostings, base: int, first: Array, second: Array
) -> _Counts:
    """The lemmas of one segment, without function words and numbers."""
    of_lists = _count_lists(matching, field, base, first, second)
    used = (of_lists[-1] > 0).nonzero()[0]
    terms = field.terms.iter_at(field.ordinals_of(used))
    telling = (is_content_word(term.decode()) for term in terms)
    used = used[np.fromiter(telling, bool, used.size)]
    families = field.families
    if not used.size or not isinstance(families, Families):
        none = np.empty(0, np.int64)
        return _Counts([], [], none, none, none, none)
    lemmas = families.likeliest(used)
    in_first, in_second, articles = (of_list[used] for of_list in of_lists)
    occurrences = in_first + in_second
    order = np.lexsort((occurrences, lemmas))
    starts = run_starts(lemmas[order])
    lasts = order[np.append(starts[1:], order.size) - 1]
    return _Counts(
        list(families.lemmas.iter_at(lemmas[order][starts])),
        [field.display_forms[each] for each in used[lasts].tolist()],
        np.add.reduceat(in_first[order], starts),
        np.add.reduceat(in_second[order], starts),
        np.add.reduceat(articles[order], starts),
        occurrences[lasts],
    )


def _count_lists(
    matching: Matching, field: FieldPostings, base: int, first: Array, second: Array
) -> tuple[Array, Array, Array]:
    """The occurrences of each posting list in both sets, and its articles in them."""
    max_doc = matching.snapshot.max_doc
    flags = flag_docs(first, max_doc), flag_docs(second, max_doc)
    sums = tuple(np.zeros(field.n_lists, np.int64) for _ in range(3))
    for piece, of_postings in iter_pieces(field, matching.deadline):
        docs = field.docs(piece) + base
        here = (flags[0][docs] | flags[1][docs]).nonzero()[0]
        freqs = field.occurrences(piece).freqs[here]
        lists, docs = of_postings[here] - piece.start, docs[here]
        weights = freqs * flags[0][docs], freqs * flags[1][docs], np.ones(here.size)
        for total, weight in zip(sums, weights, strict=True):
            total[piece.start : piece.stop] = np.bincount(lists, weight, len(piece))
    return sums[0], sums[1], sums[2]


def _merge(segments: Iterable[_Counts]) -> _Counts:
    """The lemmas of all segments; the form is that of the segment that has it most."""
    parts = list(segments)
    if len(parts) == 1:
        return parts[0]
    numbers = {
        lemma: at
        for at, lemma in enumerate(
            dict.fromkeys(chain.from_iterable(part.lemmas for part in parts))
        )
    }
    size = len(numbers)
    first, second, articles, most = (np.zeros(size, np.int64) for _ in "1234")
    forms = [""] * size
    for part in parts:
        at = np.array([numbers[lemma] for lemma in part.lemmas], np.int64)
        first[at] += part.first
        second[at] += part.second
        articles[at] += part.articles
        better = (part.most > most[at]).nonzero()[0]
        most[at[better]] = part.most[better]
        for each in better.tolist():
            forms[int(at[each])] = part.forms[each]
    return _Counts(list(numbers), forms, first, second, articles, most)
