"""Which articles of an actor have each of its names: the value of ``NAMINGS``."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from search import searcher
from search.arabic.analyzer import surfaces
from search.arabic.tokenize import list_words
from search.errors import IndexUnavailable, QueryTooExpensive
from search.query import Phrase, Term
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
    of_actor = SearchRequest().with_filter("actor", [slug])
    # Spellings that a search does not tell apart are one name: the first of them.
    by_words = {tuple(surfaces(name)): name for name in reversed(list(names))}
    by_words.pop((), None)
    found = []
    try:
        with searcher.page_time():
            for name in list(reversed(by_words.values()))[:MAX_NAMES]:
                request = _ask_for(name, of_actor)
                articles = frozenset(_find(request))
                if articles:
                    found.append(FoundName(name, request.text, articles))
    except (IndexUnavailable, QueryTooExpensive) as error:
        log.warning("The names of %s cannot be counted: %s", slug, error)
        return None
    return found


def _ask_for(name: str, of_actor: SearchRequest) -> SearchRequest:
    words = tuple(list_words(name))
    return of_actor.with_query(Phrase(words) if len(words) > 1 else Term(words[0]))


def _find(request: SearchRequest) -> Iterable[int]:
    return searcher.iter_ids(request)
