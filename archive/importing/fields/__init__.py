"""The fields of interchange records, and the headings of the columns that hold them."""

from archive.importing.fields.headings import all_headings, count_known, fold_heading
from archive.importing.fields.table import (
    ACTOR_FIELDS,
    ACTOR_KIND_SYNONYMS,
    ARTICLE_FIELDS,
    NAME_LIMIT,
    SLUG_LIMIT,
    SOURCE_FIELDS,
    TOPIC_FIELDS,
    RecordField,
    limits_of,
)

__all__ = [
    "ACTOR_FIELDS",
    "ACTOR_KIND_SYNONYMS",
    "ARTICLE_FIELDS",
    "NAME_LIMIT",
    "SLUG_LIMIT",
    "SOURCE_FIELDS",
    "TOPIC_FIELDS",
    "RecordField",
    "all_headings",
    "count_known",
    "fold_heading",
    "limits_of",
]
