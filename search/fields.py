"""The table of fields: what a document holds, and how readers name it.

Adding a facet: a row in ``FACETS`` here, its values in
``search.indexing.documents`` and whose rows they are in ``search.results.facets``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.arabic.normalize import fold


@dataclass(frozen=True, slots=True)
class TextField:
    """A field that words are looked for in.

    ``name`` is the field in the index, ``spellings`` are the words that may stand
    before the colon in a query, in any language; the first is the one that the
    program writes. Spelling variants that the analyzer folds need no row.
    """

    name: str
    label: Promise
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field whose values are counted and narrowed by.

    ``name`` is the field in the index and the key in addresses; ``size`` is how
    many buckets a page shows before the reader asks for more. ``singular`` names
    one value.
    """

    name: str
    label: Promise
    singular: Promise
    size: int = 8


# The field that a word without a field name is looked for in: title, subtitle and body.
CONTENT: Final = "text"

TEXT_FIELDS: Final = (
    TextField(CONTENT, _("text"), ("text", "body", "نص", "متن")),
    TextField("title", _("title"), ("title", "عنوان", "العنوان")),
    TextField(
        "author", _("author"), ("author", "by", "كاتب", "الكاتب", "مؤلف", "بقلم")
    ),
    TextField(
        "source_name", _("source"), ("source", "مصدر", "المصدر", "صحيفة", "جريدة")
    ),
    TextField("actor_names", _("actor"), ("actor", "جهة", "الجهة", "شخص", "علم")),
    TextField("topic_names", _("topic"), ("topic", "موضوع", "الموضوع")),
)

FACETS: Final = (
    FacetField("actor", _("Actors"), _("Actor")),
    FacetField("topic", _("Topics"), _("Topic")),
    FacetField("source", _("Sources"), _("Source")),
)

# The number of the article's row in the database.
ARTICLE_ID: Final = "article_id"
# First and last day of the time of publication, as yyyymmdd; 0 when unknown.
DATE_FIRST: Final = "published_first"
DATE_LAST: Final = "published_last"
# A hash of everything else in the document: what shows that it is out of date.
DOCUMENT_HASH: Final = "document_hash"


def find_text_field(name: str) -> TextField | None:
    """The field that readers call *name*, however they spell it, or ``None``.

    >>> find_text_field("Title").name, find_text_field("صحيفه").name
    ('title', 'source_name')
    """
    return _fields_by_name().get(fold(name))


@cache
def _fields_by_name() -> dict[str, TextField]:
    return {
        fold(spelling): field
        for field in TEXT_FIELDS
        for spelling in (field.name, *field.spellings)
    }
