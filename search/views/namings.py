"""Which articles of an actor have each of its names: the value of ``NAMINGS``."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from search import searcher
from search.arabic.analyzer import surfaces
from search.arabic.tokenize import list_words
from search.engines.contract import EngineRequest
from search.errors import IndexUnavailable, QueryTooExpensive
from search.indexing.connections import site_engine
from search.query import Phrase, Query, Term, render
from search.request import SearchRequest

log = logging.getLogger(__name__)

# Names that are looked for, a search each.
MAX_NAMES: Final = 12


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name, the query for it, and the ids of the articles that it finds."""

    name: str
    query: str
    articles: frozenset[int]


def find_namings(slug: str, names: Iterable[str]) -> Sequence[FoundName] | None:
    """The articles that name the actor *slug*, by which of *names* they have.

    At most MAX_NAMES are looked for, words side by side in any of their forms; those
    that none has are left out. ``None`` where the index cannot be asked in time: a page
    is shown without them.
    """
    # Spellings that a search does not tell apart are one name: the first of them.
    by_words: dict[tuple[str, ...], str] = {}
    for name in names:
        by_words.setdefault(tuple(surfaces(name)), name)
    by_words.pop((), None)
    found = []
    try:
        with searcher.page_time():
            # Once, because the slug is looked up in the database.
            of_actor = searcher.build_engine_request(
                SearchRequest().with_filter("actor", [slug])
            )
            for name in list(by_words.values())[:MAX_NAMES]:
                query = _ask_for(name)
                articles = frozenset(_find(replace(of_actor, query=query)))
                if articles:
                    found.append(FoundName(name, render(query), articles))
    except (IndexUnavailable, QueryTooExpensive) as error:
        log.warning("The names of %s cannot be counted: %s", slug, error)
        return None
    return found


def _ask_for(name: str) -> Query:
    words = tuple(list_words(name))
    return Phrase(words) if len(words) > 1 else Term(words[0])


def _find(request: EngineRequest) -> Iterable[int]:
    return site_engine().iter_ids(request)
