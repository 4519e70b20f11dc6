"""Actors whose names sound like one that was typed in Latin letters.

Public: `NameMatch`, `find_actors_by_sound`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When

from archive.browsing.subject_counts import published_links
from archive.models import Actor, ActorAlias, ActorNameKey, Article
from archive.names.collation import sort_key
from archive.names.phonetic import phonetic_key, query_sounds, sounds_match

# A word of a typed name: the place of the name, and of the word in it.
_WordPosition = tuple[int, int]
_SAME_SPELLING: Final = 0
_SAME_SOUND: Final = 1
# More actors of one name have only that in common, and counting for all takes long.
MAX_COMPARED: Final = 1_000


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An actor that a typed name may mean, and the published articles that name it."""

    actor: Actor
    articles: int


def find_actors_by_sound(names: Sequence[str], *, limit: int) -> list[NameMatch]:
    """At most *limit* actors that have all the words of one of the *names*.

    Actors with a name that is spelled so come first, then those that more articles
    name; one that no published article names is left out. Where more than
    `MAX_COMPARED` sound so, only the first are meant. Takes two queries, none where
    the names have too few consonants.
    """
    found = _find_ids(names)
    if not found:
        return []
    links = published_links(Article.actors.through).filter(actor_id=OuterRef("pk"))
    counted = links.order_by().values("actor_id").annotate(number=Count("pk"))
    spelled = _spelled_as(names)
    alike = Actor.objects.filter(pk__in=found)
    if len(found) > MAX_COMPARED:
        alike = alike.filter(spelled)
    actors = (
        alike
        # django-stubs does not see what a query was annotated with.
        .annotate(
            mentions=Subquery(counted.values("number")),  # type: ignore[misc]
            rank=Case(
                When(spelled, then=Value(_SAME_SPELLING)), default=Value(_SAME_SOUND)
            ),
        )
        .filter(mentions__gt=0)
        .order_by("rank", "-mentions", "sort_key", "pk")
    )
    return [NameMatch(actor, actor.mentions) for actor in actors[:limit]]


def _find_ids(names: Sequence[str]) -> list[int]:
    """The actors with a sound for every word of one of the names, in two scripts."""
    typed = [words for name in names if (words := query_sounds(name))]
    places: defaultdict[str, list[tuple[str, _WordPosition]]] = defaultdict(list)
    for number, words in enumerate(typed):
        for place, sounds in enumerate(words):
            for sound in sounds:
                places[phonetic_key(sound)].append((sound, (number, place)))
    if not places:
        return []
    rows = ActorNameKey.objects.filter(key__in=list(places))
    heard: defaultdict[int, set[_WordPosition]] = defaultdict(set)
    # Thousands of actors may be called Muhammad, in few spellings.
    known: dict[str, set[_WordPosition]] = {}
    for actor_id, key, kept in rows.values_list("actor_id", "key", "sound"):
        if kept not in known:
            known[kept] = {at for sound, at in places[key] if sounds_match(sound, kept)}
        heard[actor_id] |= known[kept]
    whole = [
        {(number, place) for place in range(len(words))}
        for number, words in enumerate(typed)
    ]
    return [pk for pk, found in heard.items() if any(name <= found for name in whole)]


def _spelled_as(names: Sequence[str]) -> Q:
    """That a name of the actor is spelled as one of the names, case aside."""
    keys = [sort_key(name) for name in names]
    aliases = ActorAlias.objects.filter(actor=OuterRef("pk"), sort_key__in=keys)
    spelled = Q(Exists(aliases))
    for name in names:
        spelled |= Q(name_latin__iexact=name)
    return spelled
