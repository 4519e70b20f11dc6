"""Articles related to one, and a query written from it.

Related are those that share its rare words and its actors, sooner those of its time.
The query asks for actors and rare words of the article, which it always finds.
"""

from __future__ import annotations

import logging
import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Protocol, runtime_checkable

from archive.models import Article
from search.arabic.analyzer import cached_fold
from search.arabic.families import starts_of
from search.arabic.tokenize import list_words
from search.deadline import time_limit
from search.engines.contract import EngineRequest
from search.errors import IndexUnavailable, QueryTooExpensive
from search.indexing.connections import site_engine
from search.query import And, Everything, Field, Level, Or, Phrase, Query, Term
from search.request import SearchRequest

log = logging.getLogger(__name__)

RELATED_CACHE_SIZE: Final = 2048
# Seconds that an answer is kept: the index changes, and a count should be true.
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
# Conditions of the query, and the hits that it should have at least.
_CONDITIONS: Final = 4
_FEWEST_HITS: Final = 3
# Years after which nearness in time counts a third of what it does in the same year.
_YEARS: Final = 3.0
_DAYS_A_YEAR: Final = 365.25
_TIME_SHARE: Final = 0.5
_SECONDS: Final = 0.3
_ARTICLE: Final = "ال"
_REPETITIONS: Final = 3


@runtime_checkable
class CountsTerms(Protocol):
    """An engine whose dictionary tells how many articles have a word."""

    def count_documents(self, words: Sequence[str]) -> tuple[int, ...]:
        """About how many articles have each of *words* as it is written."""
        ...


@dataclass(frozen=True, slots=True)
class Related:
    """Ids of related articles, the best first, and the query with its hits.

    Without a query there are no ``text`` and no ``total``.
    """

    article_ids: tuple[int, ...] = ()
    text: str = ""
    query_string: str = ""
    total: int = 0


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


def find_related(article: Article, text: str, actors: Sequence[str]) -> Related:
    """What is related to a published *article*, with the beginning of its *text*.

    *actors* are the Arabic names of its record; the value of the setting
    ``RELATED_ARTICLES``. Nothing where the index cannot be asked: the page does without
    it. An answer is kept for KEPT_SECONDS.
    """
    try:
        return _find(_Asked(article, text, actors))
    except (IndexUnavailable, QueryTooExpensive) as error:
        log.warning("No related articles of article %s: %s", article.pk, error)
        return Related()


@lru_cache(RELATED_CACHE_SIZE)
def _find(asked: _Asked) -> Related:
    text, asked.text = asked.text, ""
    words = choose_words(text[:_READ])
    names = asked.actors[:_MOST_ACTORS]
    named = tuple(Field("actor_names", _name(name)) for name in names)
    terms = tuple(Term(word, Level.EXACT) for word in words)
    if not terms:
        return Related()
    with time_limit(_SECONDS):
        any_of = Or((*terms, *named)) if len(terms) + len(named) > 1 else terms[0]
        answer = site_engine().run(EngineRequest(query=any_of, limit=_LOOKED_AT))
        scores = {hit.article_id: hit.score for hit in answer.hits}
        scores.pop(asked.pk, None)
        request, total = _write_query(words, named)
    ids = _weigh(scores, asked.published_on)
    return Related(ids, request.text, request.query_string(), total)


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


def _is_bare(word: str) -> bool:
    """Whether nothing but the article is written to the word: no و, ب or ل.

    >>> [word for word in ("الأنبار", "والبرية", "بغداد", "للطبيعة") if _is_bare(word)]
    ['الأنبار', 'بغداد']
    """
    form = cached_fold(word)
    starts = starts_of(form)
    return 0 in starts or (form.startswith(_ARTICLE) and len(_ARTICLE) in starts)


def _name(name: str) -> Query:
    words = tuple(name.split())
    return Phrase(words) if len(words) > 1 else Term(name)


def _write_query(
    words: Sequence[str], named: Sequence[Query]
) -> tuple[SearchRequest, int]:
    """The most telling conditions that a few articles fulfil, and how many do."""
    terms = [Term(word) for word in words if _is_bare(word)]
    wanted = [*named[:2], *terms][:_CONDITIONS]
    request, total = SearchRequest(), 0
    for count in range(len(wanted), 0, -1):
        query = And(tuple(wanted[:count])) if count > 1 else wanted[0]
        request = SearchRequest().with_query(query)
        total = site_engine().run(EngineRequest(query=request.query, limit=0)).total
        if total >= _FEWEST_HITS:
            break
    return request, total


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
