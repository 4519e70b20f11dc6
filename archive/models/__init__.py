"""The catalogue: articles, and the sources, actors and topics they belong to."""

from archive.models.actor import Actor, ActorAlias, ActorKind
from archive.models.article import (
    Article,
    ArticleAuthor,
    ArticleQuerySet,
    DatePrecision,
    Status,
)
from archive.models.name_key import ActorNameKey
from archive.models.source import Source, SourceKind
from archive.models.topic import Topic, TopicTree

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorKind",
    "ActorNameKey",
    "Article",
    "ArticleAuthor",
    "ArticleQuerySet",
    "DatePrecision",
    "Source",
    "SourceKind",
    "Status",
    "Topic",
    "TopicTree",
]
