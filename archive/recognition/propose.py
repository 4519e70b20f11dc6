"""Everything that is proposed for a text, for the form and for the command."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from archive.dates import DateInText, find_dates
from archive.duplicates import Found
from archive.models import Article, ArticleQuerySet
from archive.recognition.actors_in_text import FoundActor, find_actors
from archive.recognition.article_parts import ArticleParts, read_parts
from archive.recognition.authority import Authority, load_answers, load_authority
from archive.recognition.similar import (
    ProposedTopic,
    find_duplicates,
    find_similar,
    propose_topics,
)
from archive.recognition.unknown_names import UnknownName, find_unknown_names

_MOST_UNKNOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the archive proposes for a text; nothing of it is applied by itself.

    Offsets are code points of ``text``.
    """

    text: str
    parts: ArticleParts
    dates: tuple[DateInText, ...]
    actors: tuple[FoundActor, ...]
    unknown: tuple[UnknownName, ...]
    topics: tuple[ProposedTopic, ...] = ()
    duplicates: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusals:
    """What was refused for the article before, and is not proposed again."""

    actors: Collection[int] = field(default_factory=frozenset)
    topics: Collection[int] = field(default_factory=frozenset)


def propose(
    text: str,
    *,
    visible: ArticleQuerySet | None = None,
    refused: Refusals | None = None,
    article_id: int | None = None,
) -> Proposal:
    """What the archive proposes for *text*, a title in its first line or none.

    Similar articles are looked for among *visible* ones, by default the published;
    *article_id* is the article itself, where it is stored already.
    """
    refused = refused or Refusals()
    authority = load_authority()
    actors = _find_actors(text, authority, refused)
    known = [(one.start, one.end) for actor in actors for one in actor.passages]
    unknown = find_unknown_names(text, known, authority.given)
    articles = visible if visible is not None else Article.objects.published()
    if article_id is not None:
        articles = articles.exclude(pk=article_id)
    ticked = {one.actor_ids[0] for one in actors if one.ticked}
    similar = find_similar(text, ticked, articles)
    return Proposal(
        text=text,
        parts=read_parts(text),
        dates=tuple(find_dates(text)),
        actors=tuple(actors),
        unknown=tuple(unknown[:_MOST_UNKNOWN]),
        topics=tuple(
            topic
            for topic in propose_topics(similar)
            if topic.topic_id not in refused.topics
        ),
        duplicates=tuple(find_duplicates(text, articles)),
    )


def _find_actors(
    text: str, authority: Authority, refused: Refusals
) -> list[FoundActor]:
    """The actors, ticked by the answers to earlier proposals, without refused ones."""
    table, kinds = authority.table, authority.kinds
    actors = find_actors(text, table, kinds=kinds)
    memory = load_answers({pk for actor in actors for pk in actor.actor_ids})
    if memory:
        actors = find_actors(text, table, kinds=kinds, memory=memory)
    return [one for one in actors if not set(one.actor_ids) <= set(refused.actors)]
