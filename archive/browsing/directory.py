"""The list of actors: entries, filters by text, kind and letter, and its pages."""

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
from archive.models import Actor, ActorAlias, ActorKind, ActorSpelling, Article

NAMES_PER_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class ActorChoice:
    """The filters and the page number that a reader chose; ``""`` means no filter.

    ``by_articles``: those that most articles name come first.
    """

    text: str = ""
    kind: str = ""
    letter: str = ""
    by_articles: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of actor and the number of actors."""

    kind: ActorKind
    count: int


@dataclass(frozen=True, slots=True)
class ActorDirectory:
    """One page of the list of actors.

    ``kinds`` are counted under the text filter, ``initials`` under text and kind.
    ``rows``: the entries of the page, their kinds, their numbers of published articles.
    """

    choice: ActorChoice
    kinds: tuple[KindCount, ...]
    initials: list[list[Initial]]
    page: Page[Entry]
    rows: tuple[tuple[Entry, str, int], ...]


def browse_actors(choice: ActorChoice, *, language: str) -> ActorDirectory:
    """The page of actors that *choice* selects, in dictionary order."""
    entries = load_entries(language=language, aliases=bool(choice.text))
    matches = filter_entries(entries, choice.text)
    kinds = Counter(entry.kind for entry in matches)
    of_kind = [entry for entry in matches if choice.kind in ("", entry.kind)]
    initials = list_initials(of_kind, language=language)
    selected = [
        entry for entry in of_kind if choice.letter in ("", initial(entry.label))
    ]
    ordered = sort_entries(selected, language=language)
    if choice.by_articles:
        counts = count_by_actor(entry.pk for entry in selected)
        ordered.sort(key=lambda entry: -counts.get(entry.pk, 0))
    page = Paginator(ordered, NAMES_PER_PAGE).get_page(choice.page)
    if not choice.by_articles:
        counts = count_by_actor(entry.pk for entry in page)
    return ActorDirectory(
        choice=choice,
        kinds=tuple(KindCount(kind, kinds[kind]) for kind in ActorKind if kinds[kind]),
        initials=initials,
        page=page,
        rows=tuple(
            (entry, str(ActorKind(entry.kind).label), counts.get(entry.pk, 0))
            for entry in page
        ),
    )


def load_entries(*, language: str, aliases: bool) -> list[Entry]:
    """Entries of the actors with published articles, unsorted.

    With *aliases* their spellings include aliases, for a text filter.
    """
    spellings = _load_aliases() if aliases else {}
    entries = []
    # Values instead of model instances, which take most of the time for thousands.
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
    """The folded aliases of each actor and all its spelling keys, by actor id."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for actor, name in ActorAlias.objects.order_by().values_list("actor_id", "name"):
        aliases[actor].append(fold_name(name))
    for actor, key in ActorSpelling.objects.order_by().values_list("actor_id", "key"):
        aliases[actor].append(key)
    return {actor: tuple(names) for actor, names in aliases.items()}
