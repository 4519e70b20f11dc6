"""The actors that a query names: in any spelling, in Latin letters also by sound.

They change nothing of what the search finds: a page shows them above its hits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from archive.name_lookup import (
    NameMatch,
    find_actors_by_sound,
    find_actors_by_spelling,
)
from search.query import And, Field, MostOf, Or, Query, SpanQuery, Term
from search.request import SearchRequest
from search.results.model import NamedActor
from search.results.query_names import list_names

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
    chosen = request.selected("actor")
    limit = MAX_SHOWN + len(chosen)
    spelled = find_actors_by_spelling(list_names(request.query), limit=limit)
    sounding = find_actors_by_sound(list_latin_names(request.query), limit=limit)
    found: dict[str, NameMatch] = {}
    for match in [*_drop_parts(spelled), *sounding]:
        if match.actor.slug not in chosen:
            found.setdefault(match.actor.slug, match)
    return tuple(_build(match, language) for match in list(found.values())[:MAX_SHOWN])


def _drop_parts(matches: Sequence[NameMatch]) -> list[NameMatch]:
    """The matches whose typed name is no part of a longer one that matches."""
    return [
        match
        for match in matches
        if not any(
            match.typed != other.typed and f" {match.typed} " in f" {other.typed} "
            for other in matches
        )
    ]


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


def _build(match: NameMatch, language: str) -> NamedActor:
    actor = match.actor
    label = actor.label(language)
    is_arabic = label == actor.name_ar and not language.startswith("ar")
    return NamedActor(
        label=label,
        language="ar" if is_arabic else "",
        other=actor.name_latin if label == actor.name_ar else actor.name_ar,
        url=actor.get_absolute_url(),
        articles=match.articles,
        query_string=SearchRequest().with_filter("actor", [actor.slug]).query_string(),
        slug=actor.slug,
        kind=actor.kind,
        kind_label=actor.get_kind_display(),
        alias=match.alias,
    )
