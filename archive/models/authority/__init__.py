"""The authority file beside its actors: relations, merges, readings for names."""

from archive.models.authority.merge import ActorMerge
from archive.models.authority.reading import NameReading, ReadLink, ReadLinkAnswer
from archive.models.authority.relation import (
    ActorRelation,
    RelationCertainty,
    RelationKind,
)

__all__ = [
    "ActorMerge",
    "ActorRelation",
    "NameReading",
    "ReadLink",
    "ReadLinkAnswer",
    "RelationCertainty",
    "RelationKind",
]
