"""Articles related to one: those that share its rare words and its actors.

Those of its time come sooner.
"""

from __future__ import annotations

import logging
import math
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final, Protocol, runtime_checkable

from archive.models import Article
from search.arabic.analyzer import cached_fold
from search.arabic.tokenize import list_words
from search.deadline import time_limit
from search.engines.contract import EngineRequest
from search.errors import IndexUnavailable, QueryTooExpensive
from search.indexing.connections import site_engine
from search.query import Everything, Field, Level, Or, Phrase, Query, Term

log = logging.getLogger(__name__)

RELATED_CACHE_SIZE: Final = 2048
# Seconds that an answer is kept, for the index changes.
KEPT_SECONDS: Final = 60
# What a text is about stands at its beginning.
_READ: Final = 20_000
_SHORTEST_WORD: Final = 4
_MOST_WORDS: Final = 12
_MOST_ACTORS: Final = 3
_LOOKED_AT: Final = 40
_MOST_RELATED: Final = 5
# A word of more articles says little of one; in a small archive few are rare.
_COMMON_SHARE: Final = 0.02
_COMMON: Final = 20
# Years after which nearness in time counts a third of what it does in the same year.
_YEARS: Final = 3.0
_DAYS_A_YEAR: Final = 365.25
_TIME_SHARE: Final = 0.5
_SECONDS: Final = 0.3
_REPETITIONS: Final = 3


@runtime_checkable
class CountsTerms(Protocol):
    """An engine whose dictionary tells how many articles have a word."""

    def count_documents(self, words: Sequence[str]) -> tuple[int, ...]:
        """About how many articles have each of *words* as it is written."""
        ...


class _Asked:
    """An article as a key of the cache, which lets go of its text."""

    __slots__ = ("actors", "key", "pk", "published_on", "text")

    def __init__(self, article: Article, text: str, actors: Sequence[str]) -> None:
        self.pk, self.published_on = article.pk, article.published_on
        self.text, self.actors = text, tuple(actors)
        now = time.monotonic() // KEPT_SECONDS
        own = article.pk, article.content_hash, article.published_on
        self.key = (*own, self.actors, now)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key


def find_related(article: Article, text: str, actors: Sequence[str]) -> tuple[int, ...]:
    """Ids of articles related to *article*, with the beginning of its *text*.

    *actors* are the Arabic names of its record; the value of the setting
    ``RELATED_ARTICLES``. Nothing where the index cannot be asked: the page does without
    it. An answer is kept for KEPT_SECONDS.
    """
    try:
        return _find(_Asked(article, text, actors))
    except (IndexUnavailable, QueryTooExpensive) as error:
        log.warning("No related articles of article %s: %s", article.pk, error)
        return ()


@lru_cache(RELATED_CACHE_SIZE)
def _find(asked: _Asked) -> tuple[int, ...]:
    text, asked.text = asked.text, ""
    words = choose_words(text[:_READ])
    names = asked.actors[:_MOST_ACTORS]
    named = tuple(Field("actor_names", _name(name)) for name in names)
    terms = tuple(Term(word, Level.EXACT) for word in words)
    clauses: tuple[Query, ...] = (*terms, *named)
    if not clauses:
        return ()
    with time_limit(_SECONDS):
        any_of = Or(clauses) if len(clauses) > 1 else clauses[0]
        answer = site_engine().run(EngineRequest(query=any_of, limit=_LOOKED_AT))
        scores = {hit.article_id: hit.score for hit in answer.hits}
        scores.pop(asked.pk, None)
    return _weigh(scores, asked.published_on)


def choose_words(text: str) -> list[str]:
    """The words that tell *text* from others, as printed, the most telling first.

    By tf · idf, with the articles that have them as written; of an engine that does
    not tell, by how often they are repeated and by their length.
    """
    printed: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for word in list_words(text):
        form = cached_fold(word)
        if len(form) >= _SHORTEST_WORD and form.isalpha():
            printed.setdefault(form, word)
            counts[form] += 1
    engine = site_engine()
    if not isinstance(engine, CountsTerms):
        ordered = sorted(counts, key=lambda form: (-counts[form], -len(form), form))
        return [printed[form] for form in ordered[:_MOST_WORDS]]
    held = engine.run(EngineRequest(query=Everything(), limit=0)).total
    common = max(_COMMON, held * _COMMON_SHARE)
    frequencies = dict(zip(counts, engine.count_documents(list(counts)), strict=True))
    weights = {
        form: min(counts[form], _REPETITIONS) * math.log((held + 1) / articles)
        for form, articles in frequencies.items()
        # A word that no other article has relates it to none.
        if 1 < articles <= common
    }
    ordered = sorted(weights, key=lambda form: (-weights[form], form))
    return [printed[form] for form in ordered[:_MOST_WORDS]]


def _name(name: str) -> Query:
    words = tuple(name.split())
    return Phrase(words) if len(words) > 1 else Term(name)


def _weigh(scores: dict[int, float], published: date | None) -> tuple[int, ...]:
    """The ids in order of their scores, raised by nearness in time."""
    rows = Article.objects.filter(pk__in=list(scores)).order_by()
    days = dict(rows.values_list("pk", "published_on"))

    def weight(pk: int) -> float:
        day = days.get(pk)
        if published is None or day is None:
            return scores[pk]
        years = abs((day - published).days) / _DAYS_A_YEAR
        return scores[pk] * (1 + _TIME_SHARE * math.exp(-years / _YEARS))

    return tuple(sorted(days, key=lambda pk: (-weight(pk), pk))[: 2 * _MOST_RELATED])
