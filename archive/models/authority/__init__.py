"""The authority file beside its actors: relations and merges."""

from archive.models.authority.merge import ActorMerge
from archive.models.authority.relation import (
    ActorRelation,
    RelationCertainty,
    RelationKind,
)

__all__ = [
    "ActorMerge",
    "ActorRelation",
    "RelationCertainty",
    "RelationKind",
]
