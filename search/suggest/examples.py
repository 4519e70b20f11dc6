"""Searches to begin with, of words and names that the archive has."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.browsing.holdings import list_prominent_actors
from archive.models import Article
from search.arabic.display_form import display_form
from search.arabic.tokenize import list_words
from search.errors import IndexUnavailable, QuerySyntaxError, QueryTooExpensive
from search.indexing.connections import site_engine
from search.query import parse
from search.request import SearchRequest

log = logging.getLogger(__name__)

_CACHE_KEY: Final = "search.suggest.examples"
_KEPT_SECONDS: Final = 600
# Titles that words are taken from, the ones added last.
TITLES_READ: Final = 200
# Of each kind, so many are tried before there is no example of it.
TRIED: Final = 5
# Letters: shorter words are mostly particles.
_SHORTEST: Final = 5
_ARTICLE: Final = "ال"
_WORDS_OF_A_PHRASE: Final = (2, 3)

BOTH_WORDS: Final = _("both words, in any form")
SIDE_BY_SIDE: Final = _("the words side by side")
IN_TITLE: Final = _("in the title only")


@dataclass(frozen=True, slots=True)
class Example:
    """A query as a reader may type it, and what it finds."""

    query: str
    meaning: str | Promise

    @property
    def query_string(self) -> str:
        """The query string of its results."""
        return SearchRequest(text=self.query).query_string()


def find_examples(count: Callable[[SearchRequest], int]) -> tuple[Example, ...]:
    """At most one example of each kind, all of which find something.

    *count* tells how many articles a search finds. None while there is no index. Kept
    while the index stays the same, and ten minutes at least: editors save often, and
    the first page must not wait for each of them.
    """
    version = _find_version()
    kept = cache.get(_CACHE_KEY)
    if isinstance(kept, _Kept) and kept.holds(version):
        return kept.examples
    newest = Article.objects.published().order_by("-pk")
    titles = list(newest.values_list("title", flat=True)[:TITLES_READ])
    names = [actor.name_ar for actor in list_prominent_actors()]
    try:
        found = tuple(_choose(titles, names, count))
    except (IndexUnavailable, QueryTooExpensive) as error:
        log.warning("The first page has no examples: %s", error)
        return ()
    cache.set(_CACHE_KEY, _Kept(found, version, time.time()), timeout=None)
    return found


@dataclass(frozen=True, slots=True)
class _Kept:
    """Examples of the index of a version, 0 for an unknown one, and when made."""

    examples: tuple[Example, ...]
    version: int
    made_at: float

    def holds(self, version: int) -> bool:
        """Whether they may be shown while the index has this version."""
        is_new = time.time() - self.made_at < _KEPT_SECONDS
        return is_new or 0 < version == self.version


def _find_version() -> int:
    try:
        return site_engine().version()
    except IndexUnavailable:
        return 0


def _choose(
    titles: Sequence[str], names: Sequence[str], count: Callable[[SearchRequest], int]
) -> Iterator[Example]:
    words = _count_words(titles)
    proposals = (
        (_pairs(titles, words), BOTH_WORDS),
        (_phrases(titles, names, words), SIDE_BY_SIDE),
        (_single_words(words), IN_TITLE),
    )
    for queries, meaning in proposals:
        for query in queries[:TRIED]:
            if _finds(query, count):
                yield Example(query, meaning)
                break


def _finds(query: str, count: Callable[[SearchRequest], int]) -> bool:
    try:
        return count(SearchRequest(text=query, query=parse(query))) > 0
    except QuerySyntaxError:
        # A word of an operator; no example then.
        return False


def _count_words(titles: Sequence[str]) -> Counter[str]:
    """Words worth searching for, by the number of titles that have them.

    Nouns with their article stand for themselves; other words only where there are
    none.
    """
    found = Counter(
        word
        for title in titles
        for word in dict.fromkeys(map(display_form, list_words(title)))
        if len(word) >= _SHORTEST and word.isalpha()
    )
    nouns = Counter({word: n for word, n in found.items() if word.startswith(_ARTICLE)})
    return nouns or found


def _pairs(titles: Sequence[str], words: Counter[str]) -> list[str]:
    """Two words that stand in one title but not side by side, the commonest first."""
    pairs: Counter[tuple[str, str]] = Counter()
    for title in titles:
        shown = list(map(display_form, list_words(title)))
        known = list(dict.fromkeys(word for word in shown if word in words))
        pairs.update(set(combinations(known, 2)) - set(pairwise(shown)))
    ranked = sorted(
        pairs, key=lambda pair: (-pairs[pair], -sum(words[each] for each in pair), pair)
    )
    return [" ".join(pair) for pair in ranked]


def _phrases(
    titles: Sequence[str], names: Sequence[str], words: Counter[str]
) -> list[str]:
    """Names of several words, then neighbors of titles, in quotes."""
    known = [list_words(name) for name in names]
    phrases = [name for name in known if len(name) in _WORDS_OF_A_PHRASE]
    neighbors = Counter(
        pair
        for title in titles
        for pair in pairwise(map(display_form, list_words(title)))
        if pair[1] in words and len(pair[0]) >= _SHORTEST - 1
    )
    common = [list(pair) for pair, _count in neighbors.most_common(TRIED)]
    return [f"«{' '.join(phrase)}»" for phrase in (*phrases, *common)]


def _single_words(words: Counter[str]) -> list[str]:
    return [f"عنوان:{word}" for word, _count in words.most_common(TRIED)]
