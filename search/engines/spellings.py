"""Words of the index that another may be meant for, the same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from search.arabic.analyzer import surfaces
from search.arabic.edit_distance import typo_cost
from search.arabic.families import asked_family, family, prime
from search.engines.contract import FormCount, Spelling

# Letters of the shortest words with which one and two edits leave a word recognizable.
_ONE_EDIT_FROM: Final = 3
_TWO_EDITS_FROM: Final = 6
# The most frequent near forms, whose edits are weighed; rarer ones are no suggestion.
MAX_WEIGHED: Final = 300


def choose_spellings(
    word: str, list_near: Callable[[int], Iterable[FormCount]], *, limit: int
) -> tuple[Spelling, ...]:
    """At most *limit* of the forms that are spelled nearly like *word*, best first.

    *list_near* lists the most frequent forms within a number of edits. Words of the
    same family are left out: they match anyway.
    """
    forms = surfaces(word)
    if len(forms) != 1 or len(forms[0]) < _ONE_EDIT_FROM:
        return ()
    [surface] = forms
    edits = 2 if len(surface) >= _TWO_EDITS_FROM else 1
    # Within two edits there are so many that a rare form within one would be cut off.
    near = dict.fromkeys(
        form for distance in range(1, edits + 1) for form in list_near(distance)
    )
    weighed = _weigh(word, surface, near, edits)
    best = sorted(weighed, key=lambda one: (one.cost, -one.articles, one.word))
    return tuple(best[:limit])


def _weigh(
    word: str, surface: str, forms: Iterable[FormCount], edits: int
) -> Iterator[Spelling]:
    lemmas = frozenset(asked_family(word).lemmas)
    near = list(forms)
    prime(form.spelling for form in near)
    for form in near:
        cost = typo_cost(surface, form.surface)
        if cost <= edits and lemmas.isdisjoint(family(form.spelling).lemmas):
            yield Spelling(form.spelling, cost, form.articles)
