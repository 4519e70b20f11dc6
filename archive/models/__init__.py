"""Tables of the archive: articles, and the sources, actors and topics they belong to.

Models keep the invariants of their rows. Import and display are elsewhere.
"""

from archive.models.about import ArchiveDescription, Description, read_description
from archive.models.actor import Actor, ActorAlias, ActorKind, AliasKind
from archive.models.actor_roles import set_actor_roles
from archive.models.answers import NameAnswers, RefusedProposal
from archive.models.article import (
    BATCH_CHARACTERS,
    MAX_BODY_LENGTH,
    UNPUBLISHED,
    Article,
    ArticleQuerySet,
    DatePrecision,
    Status,
    iter_id_batches,
)
from archive.models.article_links import (
    ActorRole,
    ArticleActor,
    ArticleAuthor,
    prefetch_actor_links,
)
from archive.models.authority import (
    ActorMerge,
    ActorRelation,
    NameReading,
    ReadLink,
    ReadLinkAnswer,
    RelationCertainty,
    RelationKind,
)
from archive.models.duplicates import (
    ALIKE,
    Likeness,
    LikenessAnswer,
    SketchBucket,
    TextSketch,
    is_part,
    telling_percent,
)
from archive.models.edits import ArticleChange, BulkEdit, ChangeKind, SavedFilter
from archive.models.identity import Identity, ensure_identity, read_identity
from archive.models.imports import (
    BatchState,
    EditedField,
    EditedName,
    EntryResult,
    ImportBatch,
    ImportEntry,
    NameEdits,
    SavedMapping,
    edited_fields,
    forget_removed_aliases,
    mark_aliases_removed,
    mark_edited,
    mark_name_edited,
    read_name_edits,
)
from archive.models.name_key import ActorNameKey, ActorSpelling
from archive.models.named import (
    NAME_LENGTH,
    Named,
    stored_sort_key,
    stored_spelling_key,
)
from archive.models.source import Source, SourceKind
from archive.models.text_kind import TextKind
from archive.models.topic import Topic, TopicTree

__all__ = [
    "ALIKE",
    "BATCH_CHARACTERS",
    "MAX_BODY_LENGTH",
    "NAME_LENGTH",
    "UNPUBLISHED",
    "Actor",
    "ActorAlias",
    "ActorKind",
    "ActorMerge",
    "ActorNameKey",
    "ActorRelation",
    "ActorRole",
    "ActorSpelling",
    "AliasKind",
    "ArchiveDescription",
    "Article",
    "ArticleActor",
    "ArticleAuthor",
    "ArticleChange",
    "ArticleQuerySet",
    "BatchState",
    "BulkEdit",
    "ChangeKind",
    "DatePrecision",
    "Description",
    "EditedField",
    "EditedName",
    "EntryResult",
    "Identity",
    "ImportBatch",
    "ImportEntry",
    "Likeness",
    "LikenessAnswer",
    "NameAnswers",
    "NameEdits",
    "NameReading",
    "Named",
    "ReadLink",
    "ReadLinkAnswer",
    "RefusedProposal",
    "RelationCertainty",
    "RelationKind",
    "SavedFilter",
    "SavedMapping",
    "SketchBucket",
    "Source",
    "SourceKind",
    "Status",
    "TextKind",
    "TextSketch",
    "Topic",
    "TopicTree",
    "edited_fields",
    "ensure_identity",
    "forget_removed_aliases",
    "is_part",
    "iter_id_batches",
    "mark_aliases_removed",
    "mark_edited",
    "mark_name_edited",
    "prefetch_actor_links",
    "read_description",
    "read_identity",
    "read_name_edits",
    "set_actor_roles",
    "stored_sort_key",
    "stored_spelling_key",
    "telling_percent",
]
