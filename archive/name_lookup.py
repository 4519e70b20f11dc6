"""Phonetic lookup of actors by names typed in Latin letters."""

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

# A word of the query: index of the name, and index of the word in that name.
_WordPosition = tuple[int, int]
# Ranks in the order of the answer.
_SAME_SPELLING: Final = 0
_SAME_SOUND: Final = 1
# More actors than this share a frequent name and little else; counting the articles of
# all of them is slow.
MAX_COMPARED: Final = 1_000


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An actor that matches a typed name; ``articles``: published ones that name it."""

    actor: Actor
    articles: int


def find_actors_by_sound(names: Sequence[str], *, limit: int) -> list[NameMatch]:
    """At most *limit* actors that match every word of one of the *names* by sound.

    Exact spellings come first, then actors with more published articles; actors
    without any are left out. Where more than `MAX_COMPARED` actors match by sound,
    only exact spellings are returned. Two queries; none where the names have fewer
    consonants than phonetic matching needs.
    """
    actor_ids = _find_ids(names)
    if not actor_ids:
        return []
    links = published_links(Article.actors.through).filter(actor_id=OuterRef("pk"))
    counts = links.order_by().values("actor_id").annotate(number=Count("pk"))
    is_spelled_so = _spelled_as(names)
    matches = Actor.objects.filter(pk__in=actor_ids)
    if len(actor_ids) > MAX_COMPARED:
        matches = matches.filter(is_spelled_so)
    actors = (
        matches
        # django-stubs does not know the annotations of a queryset.
        .annotate(
            mentions=Subquery(counts.values("number")),  # type: ignore[misc]
            rank=Case(
                When(is_spelled_so, then=Value(_SAME_SPELLING)),
                default=Value(_SAME_SOUND),
            ),
        )
        .filter(mentions__gt=0)
        .order_by("rank", "-mentions", "sort_key", "pk")
    )
    return [NameMatch(actor, actor.mentions) for actor in actors[:limit]]


def _find_ids(names: Sequence[str]) -> list[int]:
    """Ids of the actors that have a matching sound for every word of one of the names.

    The words of one name may match names of the actor in different scripts.
    """
    queries = [words for name in names if (words := query_sounds(name))]
    by_key: defaultdict[str, list[tuple[str, _WordPosition]]] = defaultdict(list)
    for number, words in enumerate(queries):
        for index, sounds in enumerate(words):
            for sound in sounds:
                by_key[phonetic_key(sound)].append((sound, (number, index)))
    if not by_key:
        return []
    rows = ActorNameKey.objects.filter(key__in=list(by_key))
    matched: defaultdict[int, set[_WordPosition]] = defaultdict(set)
    # Thousands of actors may be called Muhammad, in few spellings.
    by_stored: dict[str, set[_WordPosition]] = {}
    for actor_id, key, stored in rows.values_list("actor_id", "key", "sound"):
        if stored not in by_stored:
            by_stored[stored] = {
                position
                for sound, position in by_key[key]
                if sounds_match(sound, stored)
            }
        matched[actor_id] |= by_stored[stored]
    complete = [
        {(number, index) for index in range(len(words))}
        for number, words in enumerate(queries)
    ]
    return [
        pk
        for pk, positions in matched.items()
        if any(name <= positions for name in complete)
    ]


def _spelled_as(names: Sequence[str]) -> Q:
    """The condition that a name of the actor has one of these spellings, any case."""
    keys = [sort_key(name) for name in names]
    aliases = ActorAlias.objects.filter(actor=OuterRef("pk"), sort_key__in=keys)
    condition = Q(Exists(aliases))
    for name in names:
        condition |= Q(name_latin__iexact=name)
    return condition
