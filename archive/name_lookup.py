"""Lookup of actors by the names that readers type: by spelling, and by sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from archive.browsing.subject_counts import published_links
from archive.models import (
    Actor,
    ActorAlias,
    ActorNameKey,
    ActorSpelling,
    Article,
    stored_spelling_key,
)
from archive.names.phonetic import (
    Nearness,
    compare_names,
    phonetic_key,
    query_sounds,
    sounds_match,
)

# A word of the query: index of the name, and index of the word in that name.
_WordPosition = tuple[int, int]
# Ranks in the order of the answer.
_SAME_SPELLING: Final = 0
# More actors than this share a frequent name and little else; counting the articles of
# all of them is slow.
MAX_COMPARED: Final = 1_000
# Names of more actors are not compared once more, by the names that they are known by.
MAX_RANKED: Final = 200
# Names that begin alike of which the best known are looked for.
MAX_COMPLETED: Final = 100
_ORDER: Final = ("-mentions", "sort_key", "pk")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An actor that matches a typed name; ``articles``: published ones that name it.

    Where it matches by spelling, ``typed`` is the name that was typed, and ``alias``
    the alias that is spelled so, or ``""`` where one of its two main names is.
    """

    actor: Actor
    articles: int
    typed: str = ""
    alias: str = ""


def find_actors_by_spelling(names: Sequence[str], *, limit: int) -> list[NameMatch]:
    """At most *limit* actors with a name or alias spelled like one of the *names*.

    Earlier names come first, then actors with more published articles; actors without
    any are left out. One query by an index, and two more where an actor is found.
    """
    typed_by_key: dict[str, str] = {}
    for name in names:
        typed_by_key.setdefault(stored_spelling_key(name), name)
    typed_by_key.pop("", None)
    if not typed_by_key:
        return []
    rows = ActorSpelling.objects.filter(key__in=list(typed_by_key)).order_by()
    keys: defaultdict[int, set[str]] = defaultdict(set)
    for actor_id, key in rows.values_list("actor_id", "key")[:MAX_COMPARED]:
        keys[actor_id].add(key)
    if not keys:
        return []
    matches = []
    for actor in _named_in_articles(Actor.objects.filter(pk__in=list(keys))):
        typed_keys = (key for key in typed_by_key if key in keys[actor.pk])
        matches.append((next(typed_keys), actor))
    ranks = {key: rank for rank, key in enumerate(typed_by_key)}
    matches.sort(key=lambda match: ranks[match[0]])
    aliases = _find_aliases(matches[:limit])
    return [
        NameMatch(actor, actor.mentions, typed_by_key[key], aliases.get(actor.pk, ""))
        for key, actor in matches[:limit]
    ]


def find_actors_by_sound(names: Sequence[str], *, limit: int) -> list[NameMatch]:
    """At most *limit* actors that match every word of one of the *names* by sound.

    Exact spellings come first, then those whose main names match, then actors with more
    published articles; actors without any are left out. Where more than `MAX_COMPARED`
    actors match by sound, only exact spellings are returned. At most four queries; none
    where the names have fewer consonants than phonetic matching needs.
    """
    actor_ids = _find_ids(names)
    if not actor_ids:
        return []
    is_spelled_so = _spelled_as(names)
    matches = Actor.objects.filter(pk__in=actor_ids)
    farther: list[int] = []
    if len(actor_ids) > MAX_COMPARED:
        matches = matches.filter(is_spelled_so)
    elif len(actor_ids) <= MAX_RANKED:
        nearness = _compare(names, actor_ids)
        matches = matches.filter(Q(pk__in=list(nearness)) | is_spelled_so)
        farther = [pk for pk, near in nearness.items() if near is Nearness.ALIAS]
    rank = Case(
        When(is_spelled_so, then=Value(_SAME_SPELLING)),
        When(pk__in=farther, then=Value(int(Nearness.ALIAS))),
        default=Value(int(Nearness.MAIN_NAME)),
    )
    actors = _named_in_articles(matches).order_by(rank, *_ORDER)
    return [NameMatch(actor, actor.mentions) for actor in actors[:limit]]


def complete_actor_names(text: str, *, limit: int) -> list[tuple[Actor, int]]:
    """Actors with a name or alias that begins with *text*, in any spelling.

    At most *limit*, each with the number of published articles that name it, most
    first. Where none begins so, those that have it inside a name. Two queries, or
    three.
    """
    key = stored_spelling_key(text)
    if not key:
        return []
    for condition in ({"key__startswith": key}, {"key__contains": key}):
        rows = ActorSpelling.objects.filter(**condition).order_by("key")
        ids = rows.values_list("actor_id", flat=True)[:MAX_COMPLETED]
        found = _named_in_articles(Actor.objects.filter(pk__in=set(ids)))
        if actors := list(found[:limit]):
            return [(actor, actor.mentions) for actor in actors]
    return []


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


def _compare(names: Sequence[str], actor_ids: list[int]) -> dict[int, Nearness]:
    """How near the nearest of *names* is to each actor; others are left out."""
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    stored = ActorAlias.objects.filter(actor_id__in=actor_ids).order_by()
    for actor_id, name in stored.values_list("actor_id", "name"):
        aliases[actor_id].append(name)
    actors = Actor.objects.filter(pk__in=actor_ids).order_by()
    nearness = {}
    for pk, *main_names in actors.values_list("pk", "name_ar", "name_latin"):
        compared = (compare_names(name, main_names, aliases[pk]) for name in names)
        if found := [each for each in compared if each is not None]:
            nearness[pk] = min(found)
    return nearness


def _named_in_articles(actors: QuerySet[Actor]) -> QuerySet[Any]:
    """Those of the actors that published articles name, with their number, most first.

    The number is the annotation ``mentions``.
    """
    links = published_links(Article.actors.through).filter(actor_id=OuterRef("pk"))
    counts = links.order_by().values("actor_id").annotate(number=Count("pk"))
    # django-stubs does not know the annotations of a queryset.
    number = Subquery(counts.values("number"))
    counted = actors.annotate(mentions=number)
    return counted.filter(mentions__gt=0).order_by(*_ORDER)


def _spelled_as(names: Sequence[str]) -> Q:
    """The condition that a name or alias of the actor is spelled like one of these."""
    keys = [stored_spelling_key(name) for name in names]
    return Q(Exists(ActorSpelling.objects.filter(actor=OuterRef("pk"), key__in=keys)))


def _find_aliases(matches: Sequence[tuple[str, Actor]]) -> dict[int, str]:
    """By actor id the alias with the key, where no main name of the actor has it."""
    wanted = {
        actor.pk: key
        for key, actor in matches
        if key not in map(stored_spelling_key, (actor.name_ar, actor.name_latin))
    }
    if not wanted:
        return {}
    aliases = ActorAlias.objects.filter(actor_id__in=list(wanted)).order_by("-pk")
    return {
        actor_id: name
        for actor_id, name in aliases.values_list("actor_id", "name")
        if stored_spelling_key(name) == wanted[actor_id]
    }
