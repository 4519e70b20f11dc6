"""The actors that a query names in Latin letters, however it romanizes them.

They change nothing of what the search finds: a page shows them above its hits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from archive.models import Actor
from archive.name_lookup import find_actors_by_sound
from search.query import And, Field, MostOf, Or, Query, SpanQuery, Term
from search.request import SearchRequest
from search.results.model import NamedActor

MAX_SHOWN: Final = 5
# More words are a sentence, and with more names the reader needs no hint.
_MAX_WORDS: Final = 6
_MAX_NAMES: Final = 4
# Words of other fields are no names of actors.
_ACTOR_FIELD: Final = "actor_names"
_LATIN: Final = "LATIN "
# The Unicode names of ʿ and ʾ begin so.
_SIGN: Final = "MODIFIER LETTER "


def find_named_actors(
    request: SearchRequest, *, language: str
) -> tuple[NamedActor, ...]:
    """The actors that the query may name, at most MAX_SHOWN, the likeliest first.

    Actors that the search is filtered by are left out. Later pages have none.
    """
    if request.page > 1:
        return ()
    names = list_latin_names(request.query)
    if not names:
        return ()
    chosen = request.selected("actor")
    return tuple(
        _build(found.actor, found.articles, language)
        for found in find_actors_by_sound(names, limit=MAX_SHOWN + len(chosen))
        if found.actor.slug not in chosen
    )[:MAX_SHOWN]


def list_latin_names(query: Query) -> tuple[str, ...]:
    """The possible names in Latin letters: the words of each alternative, in order.

    >>> list_latin_names(And((Term("Taha"), Term("Hussein"), Term("أدب"))))
    ('Taha Hussein',)
    >>> list_latin_names(Or((Term("Qaddafi"), Term("Gaddafi"))))
    ('Qaddafi', 'Gaddafi')
    """
    names = dict.fromkeys(_list_names(query))
    short = [name for name in names if len(name.split()) <= _MAX_WORDS]
    return tuple(short[:_MAX_NAMES])


def _list_names(query: Query) -> list[str]:
    match query:
        case Term(text=text):
            return [text] if is_latin(text) else []
        case SpanQuery(words=words):
            return [" ".join(words)] if all(map(is_latin, words)) else []
        case Field(name=name, child=child) if name == _ACTOR_FIELD:
            return _list_names(child)
        case And(children=children) | MostOf(children=children):
            return _join(map(_list_names, children))
        case Or(children=children):
            return [name for child in children for name in _list_names(child)]
    return []


def _join(parts: Iterable[list[str]]) -> list[str]:
    """The parts without alternatives as one name, then each alternative."""
    words: list[str] = []
    alternatives: list[str] = []
    for part in parts:
        (words if len(part) == 1 else alternatives).extend(part)
    return [" ".join(words), *alternatives] if words else alternatives


def is_latin(word: str) -> bool:
    """Whether *word* has letters and all of them are Latin.

    >>> is_latin("al-Ṣadr"), is_latin("Maḥfūẓ’s"), is_latin("الصدر"), is_latin("1952")
    (True, True, False, False)
    """
    names = [unicodedata.name(char, "") for char in word if char.isalpha()]
    return any(name.startswith(_LATIN) for name in names) and all(
        name.startswith((_LATIN, _SIGN)) for name in names
    )


def _build(actor: Actor, articles: int, language: str) -> NamedActor:
    label = actor.label(language)
    is_arabic = label == actor.name_ar and not language.startswith("ar")
    return NamedActor(
        label=label,
        language="ar" if is_arabic else "",
        other=actor.name_latin if label == actor.name_ar else actor.name_ar,
        url=actor.get_absolute_url(),
        articles=articles,
        query_string=SearchRequest().with_filter("actor", [actor.slug]).query_string(),
    )
