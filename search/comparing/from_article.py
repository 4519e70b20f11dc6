"""A query written from an article: its actors, its places and its rare words.

Each part is true of the article, and parts are joined by "and" and "or" alone, so that
whatever is chosen finds the article itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import get_language

from archive.models import ActorKind, Article
from search.arabic.analyzer import analyze
from search.arabic.display_form import display_form
from search.arabic.families import family, prime
from search.arabic.lexicon.function_words import is_content_word
from search.arabic.normalize import fold
from search.arabic.prefixes import split_proclitics
from search.engines.contract import EngineRequest
from search.errors import QuerySyntaxError
from search.indexing.connections import corpus_engine, site_engine
from search.query import And, Or, Query, Term, parse, render
from search.query.lexer import quote
from search.request import SearchRequest, Sort

# Characters of the text that words are taken from: what it is about stands early.
READ: Final = 30_000
# Words that are weighed, offered, and chosen at first.
_MOST_WEIGHED: Final = 150
MOST_WORDS: Final = 10
FIRST_WORDS: Final = 4
# Actors that are offered.
MOST_ACTORS: Final = 12
# A word of more articles than this part of all is not rare, unless there are few.
_COMMON: Final = 0.02
_FEW: Final = 8
_SHORTEST: Final = 3


class Kind(StrEnum):
    """What a part is; the values stand in addresses."""

    ACTOR = "actor"
    PLACE = "place"
    WORD = "word"


class Join(StrEnum):
    """How the parts of one kind are joined; the values stand in addresses."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the query: ``key`` tells it from others of its kind.

    ``articles`` is how many it finds by itself, the article included.
    """

    kind: Kind
    key: str
    label: str
    query: Query
    articles: int
    is_first_choice: bool


def list_parts(article: Article) -> tuple[Part, ...]:
    """The parts that find *article*: actors, places, then words, the rarest first.

    None where the index has not got it. *article* needs its actor links with actors.
    Raises the errors of a search.
    """
    actors = list(_iter_actors(article))
    names = " ".join(label for _kind, _key, label, _query in actors)
    words = _choose_words(article, without=names)
    candidates = [
        *actors[:MOST_ACTORS],
        *((Kind.WORD, word, word, Term(word)) for word in words),
    ]
    parts: list[Part] = []
    for kind, key, label, query in candidates:
        numbers = _find(query)
        own = sum(part.kind is Kind.WORD for part in parts)
        if article.pk not in numbers or own == MOST_WORDS:
            continue
        is_first = kind is not Kind.WORD or own < FIRST_WORDS
        parts.append(Part(kind, key, label, query, len(numbers), is_first))
    return tuple(parts)


def write_query(
    chosen: Iterable[Part], joins: Mapping[Kind, Join]
) -> SearchRequest | None:
    """The search for what the parts say; None without any.

    Parts of one kind are joined as *joins* says, by ``Join.ANY`` without; all kinds
    have to be met.
    """
    groups: dict[Kind, list[Query]] = {}
    for part in chosen:
        groups.setdefault(part.kind, []).append(part.query)
    queries: list[Query] = []
    for kind, parts in groups.items():
        if len(parts) > 1 and joins.get(kind) is not Join.ALL:
            queries.append(Or(tuple(parts)))
        else:
            queries += parts
    if not queries:
        return None
    query = And(tuple(queries)) if len(queries) > 1 else queries[0]
    text = render(query, get_language())
    return SearchRequest(text=text, query=parse(text))


def count(request: SearchRequest) -> int:
    """The articles that a written query finds now."""
    return site_engine().run(EngineRequest(request.query, limit=0)).total


def _find(query: Query) -> frozenset[int]:
    """The articles that *query* finds."""
    request = EngineRequest(query, sort=Sort.OLDEST)
    return frozenset(site_engine().iter_ids(request))


def _iter_actors(article: Article) -> Iterator[tuple[Kind, str, str, Query]]:
    """Each actor once, by its Arabic name as it is written."""
    seen: set[int] = set()
    for link in article.actor_links.all():
        actor = link.actor
        if actor.pk in seen:
            continue
        seen.add(actor.pk)
        try:
            query = parse(f"actor:={quote(actor.name_ar)}")
        except (QuerySyntaxError, ValueError):
            # A name of signs alone, or with quotation marks of every kind.
            continue
        kind = Kind.PLACE if actor.kind == ActorKind.PLACE else Kind.ACTOR
        yield kind, str(actor.pk), actor.name_ar, query


def _choose_words(article: Article, *, without: str) -> list[str]:
    """The most telling words, rare in the archive and frequent here, without names."""
    words = _count_words(article, without=without)
    frequent = [word for word, _count in words.most_common(_MOST_WEIGHED)]
    held = max(2, site_engine().status().documents)
    most = max(_FEW, held * _COMMON)
    weighed = []
    for word, articles in zip(
        frequent, corpus_engine().count_articles(frequent), strict=True
    ):
        # A word of this article alone leads to no other.
        if 1 < articles <= most:
            rarity = math.log(1 + held / articles)
            weighed.append((-words[word] * rarity, articles, word))
    return [word for _weight, _articles, word in sorted(weighed)][: 2 * MOST_WORDS]


def _count_words(article: Article, *, without: str) -> Counter[str]:
    """The content words by family, without proclitics, with their occurrences."""
    text = "\n".join((article.title, article.subtitle, article.body[:READ]))
    names = {token.surface for token in analyze(without)}
    printed = [
        split_proclitics(display_form(token.printed))[1]
        for token in analyze(text)
        if token.surface not in names and is_content_word(token.surface)
    ]
    prime(printed)
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for word in printed:
        surface = fold(word)
        if len(surface) < _SHORTEST or surface in names or not is_content_word(surface):
            continue
        counts[first.setdefault(family(word).lemmas[0], word)] += 1
    return counts
