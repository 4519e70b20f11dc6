"""The actors that a query names in Latin letters, however it romanizes them.

They change nothing of what the search finds: a page shows them above its hits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from archive.models import Actor
from archive.name_lookup import find_actors_by_sound
from search.query import And, Field, MostOf, Near, Or, Phrase, Query, Term
from search.request import SearchRequest
from search.results.model import NamedActor

MOST_SHOWN: Final = 5
# What has more words is a sentence; who asks for more names wants no hint.
_MOST_WORDS: Final = 6
_MOST_NAMES: Final = 4
# The field in which names of actors are looked for; other fields hold none.
_ACTOR_FIELD: Final = "actor_names"
_LATIN: Final = "LATIN "
# As ʿ and ʾ are.
_SIGN: Final = "MODIFIER LETTER "


def find_named_actors(
    request: SearchRequest, *, language: str
) -> tuple[NamedActor, ...]:
    """The actors that the query may name, the likeliest first, at most `MOST_SHOWN`.

    Those that the search is narrowed by are left out. Only the first page has any.
    """
    if request.page > 1:
        return ()
    names = list_latin_names(request.query)
    if not names:
        return ()
    chosen = request.selected("actor")
    return tuple(
        _build(found.actor, found.articles, language)
        for found in find_actors_by_sound(names, limit=MOST_SHOWN + len(chosen))
        if found.actor.slug not in chosen
    )[:MOST_SHOWN]


def list_latin_names(query: Query) -> tuple[str, ...]:
    """What may be names in Latin letters: the words of an alternative, in order.

    >>> list_latin_names(And((Term("Taha"), Term("Hussein"), Term("أدب"))))
    ('Taha Hussein',)
    >>> list_latin_names(Or((Term("Qaddafi"), Term("Gaddafi"))))
    ('Qaddafi', 'Gaddafi')
    """
    names = dict.fromkeys(_list_names(query))
    short = [name for name in names if len(name.split()) <= _MOST_WORDS]
    return tuple(short[:_MOST_NAMES])


def _list_names(query: Query) -> list[str]:
    match query:
        case Term(text=text):
            return [text] if is_latin(text) else []
        case Phrase(words=words) | Near(words=words):
            return [" ".join(words)] if all(map(is_latin, words)) else []
        case Field(name=name, child=child) if name == _ACTOR_FIELD:
            return _list_names(child)
        case And(children=children) | MostOf(children=children):
            return _join(map(_list_names, children))
        case Or(children=children):
            return [name for child in children for name in _list_names(child)]
    return []


def _join(parts: Iterable[list[str]]) -> list[str]:
    """One name of what is sure, and beside it each of several alternatives."""
    words: list[str] = []
    alternatives: list[str] = []
    for part in parts:
        (words if len(part) == 1 else alternatives).extend(part)
    return [" ".join(words), *alternatives] if words else alternatives


def is_latin(word: str) -> bool:
    """Whether the letters of the word are Latin, all of them, and there are any.

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
