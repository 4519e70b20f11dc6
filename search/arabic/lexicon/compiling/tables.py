"""The arrays in which a compiled lexicon is stored: ``lookup.ARRAYS``."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from search.arabic.lexicon.compiling.alignment import Counts
from search.arabic.lexicon.compiling.weighing import Targets
from search.arabic.lexicon.packing import Array, pack
from search.arabic.lexicon.readings import LEAST_FREQUENCY, PRIOR_COUNT, Weighed, share

# The forms of nouns before a name in their three cases, and the form that they are all
# found by: أبو مازن is أبا مازن and أبي مازن. Annotated text counts each by itself.
_BEFORE_NAMES: Final = {
    "ابا": "ابو", "ابي": "ابو", "اخا": "اخو", "اخي": "اخو", "ذا": "ذو", "ذي": "ذو",
    "بن": "ابن", "بنو": "ابن", "بني": "ابن",
}  # fmt: skip
_WAW: Final = "و"
# What that reading weighs beside all others of the form.
_JOINED_WEIGHT: Final = 20.0
_ARTICLE: Final = "ال"
# What counts of a form with the article weigh beside those of the form without it.
_MOST_LENT: Final = 0.5
# Shares of a form that are not stored.
_LEAST_STORED: Final = 0.02


def with_bare_forms(counts: Counts) -> Counts:
    """*counts*, and the forms that were counted with the article only, uncounted."""
    bare = (form.removeprefix(_ARTICLE) for form in counts if form.startswith(_ARTICLE))
    return {form: Counter() for form in bare} | {**counts}


def combine(
    forms: Sequence[str],
    targets: Targets,
    likely: Weighed,
    dictionary_forms: Sequence[str],
) -> Weighed:
    """Shares of readings by counts and likelihood, for the *forms* that were counted.

    A reading that was counted only of a form with the article counts a little for the
    form without it, where that can have it: annotators who read بحرية as ب and حرية
    read البحرية as بحري. It counts as much where the form was not counted and is the
    dictionary form of the lemma, by *dictionary_forms*: برادعي is who البرادعي is.
    """
    lent = _lend(targets, likely, forms, dictionary_forms)
    prior = likely._replace(weights=PRIOR_COUNT * likely.weights)
    shares = share(*map(np.concatenate, zip(targets, lent, prior, strict=True)))
    evident = np.union1d(targets.forms, lent.forms)
    stored = (shares.weights >= _LEAST_STORED) & np.isin(shares.forms, evident)
    return Weighed(*(each[stored] for each in shares))


def _find_with_article(forms: Sequence[str]) -> Array:
    """For each of *forms* the number of that with the article, or -1: int64[n]."""
    at = {form: number for number, form in enumerate(forms)}
    return np.array([at.get(_ARTICLE + form, -1) for form in forms], np.int64)


def _lend(
    targets: Targets,
    likely: Weighed,
    forms: Sequence[str],
    dictionary_forms: Sequence[str],
) -> Targets:
    """Readings that were counted of a form with the article, lent to that without it.

    In all they count at most ``_MOST_LENT`` of what was counted of the form.
    """
    lenders = _find_with_article(forms)
    counted = np.bincount(targets.forms, targets.counts, lenders.size)
    shares = targets.counts / counted[targets.forms]
    borrower = np.full(lenders.size, -1)
    borrower[lenders[lenders >= 0]] = np.flatnonzero(lenders >= 0)
    borrowers = borrower[targets.forms]
    n_lemmas = len(dictionary_forms)
    is_possible = likely.weights >= _LEAST_STORED
    possible = likely.forms[is_possible] * n_lemmas + likely.lemmas[is_possible]
    readings = borrowers * n_lemmas + targets.lemmas
    own = targets.forms * n_lemmas + targets.lemmas
    is_cited = [
        at >= 0 and forms[at] == dictionary_forms[lemma]
        for at, lemma in zip(borrowers.tolist(), targets.lemmas.tolist(), strict=True)
    ]
    is_new = counted[borrowers] == 0
    can_be = np.where(is_new, is_cited, np.isin(readings, possible))
    lent = (borrowers >= 0) & can_be & ~np.isin(readings, own)
    most = np.minimum(_MOST_LENT * counted[borrowers], counted[targets.forms])
    most = np.where(is_new, counted[targets.forms], most)
    return Targets(borrowers[lent], targets.lemmas[lent], (most * shares)[lent])


def prefer(forms: Sequence[str], shares: Weighed, names: Mapping[str, int]) -> Weighed:
    """*shares* in which some forms have a lemma that annotated text does not give them.

    Forms before names have that of the form they are found by, and *names* their own:
    it takes قحطان for a dual. *forms* has the forms by number, sorted; *shares* is
    sorted by form.
    """
    at = {form: number for number, form in enumerate(forms)}
    added = [
        (at[form], lemma)
        for name, lemma in names.items()
        # With ب or ل before it a short name may be another word: بابها.
        for form in (name, _WAW + name)
        if form in at
    ]
    for form, other in _BEFORE_NAMES.items():
        if form in at and other in at:
            first, last = np.searchsorted(shares.forms, (at[other], at[other] + 1))
            likeliest = first + int(np.argmax(shares.weights[first:last]))
            added.append((at[form], int(shares.lemmas[likeliest])))
    numbers, lemmas = np.array(added).T
    return share(
        np.concatenate((shares.forms, numbers)),
        np.concatenate((shares.lemmas, lemmas)),
        np.concatenate((shares.weights, np.full(numbers.size, _JOINED_WEIGHT))),
    )


def pack_forms(
    forms: Sequence[str], shares: Weighed, others: Mapping[str, int]
) -> dict[str, Array]:
    """The arrays of the counted forms, and of *others* that have one lemma."""
    keys = np.array([pack(form) for form in forms], np.uint64)[shares.forms]
    known = {form: pack(form) for form in others}
    other_keys = np.array([key for key in known.values() if key], np.uint64)
    other_lemmas = np.array([others[form] for form, key in known.items() if key])
    kept = ~np.isin(keys, other_keys)
    keys = np.concatenate((keys[kept], other_keys))
    order = np.argsort(keys, kind="stable")
    lemmas = np.concatenate((shares.lemmas[kept], other_lemmas))
    weights = np.concatenate((shares.weights[kept], np.ones(other_keys.size)))
    distinct, firsts = np.unique(keys[order], return_index=True)
    return {
        "form_keys": distinct,
        "form_firsts": np.append(firsts, keys.size).astype(np.uint32),
        "form_lemmas": lemmas[order].astype(np.uint32),
        "form_weights": weights[order].astype(np.float32),
    }


def with_keys(
    entries: Sequence[tuple[str, str, str, str]], weights: Array
) -> Iterator[tuple[str, ...]]:
    """The fields of `Lemma` for each of *entries*, in their order."""
    ranks: Counter[str] = Counter()
    keys: dict[int, str] = {}
    for number in np.argsort(-weights, kind="stable").tolist():
        form = entries[number][2]
        keys[number] = f"{form}:{ranks[form]}" if ranks[form] else form
        ranks[form] += 1
    for number, (vowelled, category, form, root) in enumerate(entries):
        yield vowelled, category, form, keys[number], root


def list_by_root(roots: Sequence[str], weights: Array, same: Array) -> Array:
    """The lemmas that have a root, sorted by it and then by weight: uint32[n].

    Without the rarest, and those that count as another. *roots*, *weights* and *same*
    have the root of each lemma, or ``""``, its weight, and what it counts as.
    """
    own = np.flatnonzero((weights >= LEAST_FREQUENCY) & (same == np.arange(same.size)))
    found = [
        (roots[number], -float(weights[number]), number)
        for number in own.tolist()
        if roots[number]
    ]
    return np.array([number for _root, _weight, number in sorted(found)], np.uint32)


def pack_texts(
    entries: Iterable[tuple[str, ...]], plurals: Mapping[int, Sequence[str]]
) -> dict[str, Array]:
    """The entries of the lemmas, one after the other: UTF-8 and offsets in bytes.

    *plurals* has the broken plurals by number of the lemma. A vowel stands before the
    shadda of its letter, as Unicode orders them.
    """
    lines = (
        "\t".join((*entry, " ".join(plurals.get(number, ()))))
        for number, entry in enumerate(entries)
    )
    texts = [unicodedata.normalize("NFC", line).encode() for line in lines]
    starts = np.concatenate(([0], np.cumsum([len(text) for text in texts])))
    return {
        "texts": np.frombuffer(b"".join(texts), np.uint8),
        "text_starts": starts.astype(np.uint32),
    }
