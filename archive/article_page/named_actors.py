"""The actors of an article where its text names them, as links to their pages.

Only those of its record: what `archive.recognition` finds beyond them is a proposal,
which people accept first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.browsing.text_parts import TextLink, TextPart
from archive.models import Actor, Article
from archive.recognition.actors_in_text import FoundActor, find_actors
from archive.recognition.name_table import KnownName, build_name_table
from archive.recognition.namings import Certainty

LINKS_CACHE_SIZE: Final = 1024
# A name that goes on may be another's.
_NOT_LINKED: Final = frozenset({Certainty.PART, Certainty.AMBIGUOUS})

# Id, kind, address and names of an actor.
_Named = tuple[int, str, str, tuple[str, ...]]


def find_links(article: Article, part: TextPart) -> tuple[TextLink, ...]:
    """The links of a part of *article*, in order; none overlaps another.

    An actor is linked once a paragraph, where it is first named. The ``actor_links`` of
    the article are fetched, with the aliases of their actors.
    """
    actors = [link.actor for link in article.actor_links.all()]
    if not actors:
        return ()
    named = tuple(
        (actor.pk, actor.kind, actor.get_absolute_url(), _list_names(actor))
        for actor in actors
    )
    return _find(_Wanted(article.content_hash, part, named))


def _list_names(actor: Actor) -> tuple[str, ...]:
    aliases = (alias.name for alias in actor.aliases.all())
    return (actor.name_ar, actor.name_latin, *aliases)


def link_paragraphs(
    part: TextPart, links: Sequence[TextLink]
) -> list[SafeString | str]:
    """The paragraphs of *part*, in which no search is marked, with its *links*."""
    waiting = deque(links)
    paragraphs: list[SafeString | str] = []
    for start, end in part.bounds():
        pieces, written = [], start
        while waiting and waiting[0].start < end:
            link = waiting.popleft()
            named = part.text[link.start : link.end]
            before = part.text[written : link.start]
            pieces.append((before, link.address, named))
            written = link.end
        rest = part.text[written:end]
        linked = format_html_join("", '{}<a href="{}">{}</a>', pieces)
        paragraphs.append(format_html("{}{}", linked, rest) if pieces else rest)
    return paragraphs


class _Wanted:
    """A text and names as a key of the cache, which lets go of the text."""

    __slots__ = ("key", "named", "part")

    def __init__(
        self, content_hash: str, part: TextPart, named: tuple[_Named, ...]
    ) -> None:
        self.key = (content_hash, part.number, named)
        self.part: TextPart | None = part
        self.named = named

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Wanted) and self.key == other.key


@lru_cache(LINKS_CACHE_SIZE)
def _find(wanted: _Wanted) -> tuple[TextLink, ...]:
    part, wanted.part = wanted.part, None
    return tuple(_iter_links(part, wanted.named)) if part else ()


def _iter_links(part: TextPart, named: Sequence[_Named]) -> Iterator[TextLink]:
    table = build_name_table(
        KnownName(pk, name) for pk, _kind, _url, names in named for name in names
    )
    kinds = {pk: kind for pk, kind, _url, _names in named}
    addresses = {pk: url for pk, _kind, url, _names in named}
    found = find_actors(part.text, table, kinds=kinds)
    namings = sorted(_iter_namings(found))
    for start, end in part.bounds():
        linked: set[int] = set()
        for first, last, actor in namings:
            if start <= first and last <= end and actor not in linked:
                linked.add(actor)
                yield TextLink(first, last, addresses[actor])


def _iter_namings(found: Sequence[FoundActor]) -> Iterator[tuple[int, int, int]]:
    """Start, end and actor of each naming that is sure enough."""
    for each in found:
        for passage in each.passages:
            if len(each.actor_ids) == 1 and passage.certainty not in _NOT_LINKED:
                yield passage.start, passage.end, each.actor_ids[0]
