"""The fields of a document: their names in the index, in queries and on pages.

A new facet takes a row in ``FACETS`` here, its values in ``search.indexing.documents``
and the model of its rows in ``search.results.facets``.
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
    """A field that is searched for words.

    ``name`` is the field in the index; ``spellings`` are its names before the colon of
    a query, in any language, the first of which is written when a query is rendered in
    English. Spellings that fold to one another need only one.
    """

    name: str
    label: Promise
    spellings: tuple[str, ...]

    @property
    def arabic_spelling(self) -> str:
        """The name that is written when a query is rendered in Arabic."""
        return next(each for each in self.spellings if not each.isascii())


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field whose values are counted and filtered by.

    ``name`` is the field in the index and the key in addresses; ``singular`` is the
    label of one value; ``size`` is the number of buckets on a page before the reader
    asks for more. An article may have many values where it *has_many*, else one.
    One that *is_optional* is left out where no hit has a value.
    """

    name: str
    label: Promise
    singular: Promise
    size: int = 8
    has_many: bool = True
    is_optional: bool = False


# The field of title, subtitle and body, searched for words without a field name.
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
    TextField(
        "actor_names", _("actor"), ("actor", "علم", "العلم", "جهة", "الجهة", "شخص")
    ),
    TextField("topic_names", _("topic"), ("topic", "موضوع", "الموضوع")),
    TextField("issuer_names", _("issuer"), ("issuer", "أصدره", "أصدرته", "أصدرها")),
    TextField("kind_names", _("kind of text"), ("kind", "genre", "نوع", "النوع")),
    TextField("place", _("place of printing"), ("place", "مكان", "طبع")),
    TextField("volume", _("volume"), ("volume", "مجلد", "المجلد")),
    TextField("issue", _("issue"), ("issue", "عدد", "العدد")),
)

FACETS: Final = (
    FacetField("actor", _("Actors"), _("Actor")),
    FacetField("topic", _("Topics"), _("Topic")),
    FacetField("source", _("Sources"), _("Source"), has_many=False),
    FacetField(
        "kind", _("Kinds of text"), _("Kind of text"), has_many=False, is_optional=True
    ),
)

# Positions skipped between two parts of a text (Lucene's position increment gap): as
# many as words of a query may be apart, so that none match across parts.
POSITION_GAP: Final = 999

# The primary key of the article.
ARTICLE_ID: Final = "article_id"
# First and last possible day of publication, as yyyymmdd; 0 if unknown.
DATE_FIRST: Final = "published_first"
DATE_LAST: Final = "published_last"
# A hash of all other fields, to tell whether the document is out of date.
DOCUMENT_HASH: Final = "document_hash"


def find_text_field(name: str) -> TextField | None:
    """The field with *name* among its spellings, folded, or ``None``.

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
