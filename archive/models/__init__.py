"""Tables of the archive: articles, and the sources, actors and topics they belong to.

Models keep the invariants of their rows. Import and display are elsewhere.
"""

from archive.models.actor import Actor, ActorAlias, ActorKind
from archive.models.article import (
    BATCH_CHARACTERS,
    MAX_BODY_LENGTH,
    UNPUBLISHED,
    Article,
    ArticleAuthor,
    ArticleQuerySet,
    DatePrecision,
    Status,
    iter_id_batches,
)
from archive.models.identity import Identity, ensure_identity, read_identity
from archive.models.name_key import ActorNameKey, ActorSpelling
from archive.models.named import Named, stored_sort_key, stored_spelling_key
from archive.models.source import Source, SourceKind
from archive.models.topic import Topic, TopicTree

__all__ = [
    "BATCH_CHARACTERS",
    "MAX_BODY_LENGTH",
    "UNPUBLISHED",
    "Actor",
    "ActorAlias",
    "ActorKind",
    "ActorNameKey",
    "ActorSpelling",
    "Article",
    "ArticleAuthor",
    "ArticleQuerySet",
    "DatePrecision",
    "Identity",
    "Named",
    "Source",
    "SourceKind",
    "Status",
    "Topic",
    "TopicTree",
    "ensure_identity",
    "iter_id_batches",
    "read_identity",
    "stored_sort_key",
    "stored_spelling_key",
]
