"""The actors as entries of a list of names, and what the reader wants of it.

Public: `ActorChoice`, `ActorDirectory`, `load_entries`, `browse_actors`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from archive.browsing.links import published_links, tally_actors
from archive.browsing.names import (
    Entry,
    Initial,
    fold_name,
    initial,
    list_initials,
    match,
    order_entries,
)
from archive.models import Actor, ActorAlias, ActorKind, Article

NAMES_PER_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class ActorChoice:
    """What the reader asked to see of the actors; ``""`` asks for all."""

    text: str = ""
    kind: str = ""
    letter: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of actor and how many there are."""

    kind: ActorKind
    count: int


@dataclass(frozen=True, slots=True)
class ActorDirectory:
    """One page of the list of actors.

    ``kinds`` count what the text leaves, ``initials`` what the text and the kind
    leave; ``rows`` pair the entries of the page with their articles.
    """

    choice: ActorChoice
    kinds: tuple[KindCount, ...]
    initials: list[list[Initial]]
    page: Page[Entry]
    rows: tuple[tuple[Entry, int], ...]


def browse_actors(choice: ActorChoice, *, language: str) -> ActorDirectory:
    """The page of actors that *choice* asks for, in dictionary order."""
    entries = load_entries(language=language, aliases=bool(choice.text))
    found = match(entries, choice.text)
    kinds = Counter(entry.kind for entry in found)
    of_kind = [entry for entry in found if choice.kind in ("", entry.kind)]
    letters = list_initials(of_kind, language=language)
    shown = [entry for entry in of_kind if choice.letter in ("", initial(entry.label))]
    ordered = order_entries(shown, language=language)
    page = Paginator(ordered, NAMES_PER_PAGE).get_page(choice.page)
    counts = tally_actors(entry.pk for entry in page)
    return ActorDirectory(
        choice=choice,
        kinds=tuple(KindCount(kind, kinds[kind]) for kind in ActorKind if kinds[kind]),
        initials=letters,
        page=page,
        rows=tuple((entry, counts.get(entry.pk, 0)) for entry in page),
    )


def load_entries(*, language: str, aliases: bool) -> list[Entry]:
    """The actors with published articles; aliases among the spellings if asked for."""
    spellings = _load_aliases() if aliases else {}
    return [
        _build_entry(actor, spellings.get(actor.pk, ()), language=language)
        for actor in _with_articles()
    ]


def _with_articles() -> Iterable[Actor]:
    links = published_links(Article.actors.through).filter(actor_id=OuterRef("pk"))
    return (
        Actor.objects.filter(Exists(links))
        .order_by()
        .only("slug", "kind", "name_ar", "name_latin")
    )


def _load_aliases() -> Mapping[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for actor, name in ActorAlias.objects.order_by().values_list("actor_id", "name"):
        found[actor].append(fold_name(name))
    return {actor: tuple(names) for actor, names in found.items()}


def _build_entry(actor: Actor, aliases: tuple[str, ...], *, language: str) -> Entry:
    label = actor.label(language)
    other = actor.name_latin if label == actor.name_ar else actor.name_ar
    names = (fold_name(actor.name_ar), fold_name(actor.name_latin))
    return Entry(
        pk=actor.pk,
        slug=actor.slug,
        kind=actor.kind,
        label=label,
        other=other,
        spellings=(*names, *aliases),
    )
