"""The actors as entries of a list of names, and what the reader wants of it.

Public: `ActorChoice`, `ActorDirectory`, `load_entries`, `browse_actors`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from archive.browsing.name_index import (
    Entry,
    Initial,
    filter_entries,
    fold_name,
    initial,
    list_initials,
    sort_entries,
)
from archive.browsing.subject_counts import count_by_actor, published_links
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
    found = filter_entries(entries, choice.text)
    kinds = Counter(entry.kind for entry in found)
    of_kind = [entry for entry in found if choice.kind in ("", entry.kind)]
    letters = list_initials(of_kind, language=language)
    shown = [entry for entry in of_kind if choice.letter in ("", initial(entry.label))]
    ordered = sort_entries(shown, language=language)
    page = Paginator(ordered, NAMES_PER_PAGE).get_page(choice.page)
    counts = count_by_actor(entry.pk for entry in page)
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
    entries = []
    # Plain values: making thousands of model instances would take longest of all.
    rows = _with_articles().values_list("pk", "slug", "kind", "name_ar", "name_latin")
    for pk, slug, kind, name_ar, name_latin in rows:
        names = (name_ar, name_latin)
        label, other = names if language.startswith("ar") else names[::-1]
        folded = (fold_name(name_ar), fold_name(name_latin))
        entries.append(
            Entry(
                pk=pk,
                slug=slug,
                kind=kind,
                label=label or other,
                other=other if label else "",
                spellings=(*folded, *spellings.get(pk, ())),
            )
        )
    return entries


def _with_articles() -> QuerySet[Actor]:
    links = published_links(Article.actors.through).filter(actor_id=OuterRef("pk"))
    return Actor.objects.filter(Exists(links)).order_by()


def _load_aliases() -> Mapping[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for actor, name in ActorAlias.objects.order_by().values_list("actor_id", "name"):
        found[actor].append(fold_name(name))
    return {actor: tuple(names) for actor, names in found.items()}
