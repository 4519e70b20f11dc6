"""The fields of interchange records, for import and export.

One table for each kind of record: the key that the export writes, the other columns
that an import reads, and the maximum length.
"""

from dataclasses import dataclass
from typing import Final

from archive.importing.fields.synonyms import synonyms_of
from archive.models import MAX_BODY_LENGTH, ActorKind


@dataclass(frozen=True, slots=True)
class RecordField:
    """A field of a record.

    `key` is its path in a record, dotted inside an object; the name by default.
    `synonyms` are the columns tried after it where no mapping is given; the first with
    a value is used. `limit` is the maximum number of characters, 0 for none. Cells of
    an `is_list` field are split into items. `joined_by` joins texts of several columns.
    A `takes_first` field accepts a list of names and uses the first. A field that is
    `of_tables` is not in JSON records, which say the same elsewhere. `last_column` is
    taken where the record and the options give nothing: the title of a feed.
    """

    name: str
    key: str = ""
    synonyms: tuple[str, ...] = ()
    limit: int = 0
    is_list: bool = False
    joined_by: str = " "
    takes_first: bool = False
    of_tables: bool = False
    last_column: str = ""

    @property
    def path(self) -> str:
        """The place of the field in a record, dotted inside an object."""
        return self.key or self.name


SLUG_LIMIT: Final = 100
NAME_LIMIT: Final = 300

ARTICLE_FIELDS: Final = (
    # The article's number in this archive, as its own export writes it.
    RecordField(
        "article_id", synonyms=synonyms_of("article_id"), limit=20, of_tables=True
    ),
    RecordField("external_id", synonyms=synonyms_of("external_id"), limit=300),
    RecordField("title", synonyms=synonyms_of("title"), limit=1000),
    RecordField("subtitle", synonyms=synonyms_of("subtitle"), limit=1000),
    RecordField(
        "body",
        synonyms=synonyms_of("body"),
        limit=MAX_BODY_LENGTH,
        joined_by="\n\n",
    ),
    RecordField("language", synonyms=synonyms_of("language"), limit=12),
    RecordField(
        "source",
        synonyms=synonyms_of("source"),
        limit=NAME_LIMIT,
        last_column="container",
    ),
    # A byline mixes persons, desks and cities, so authors are never derived from it.
    RecordField("byline", synonyms=synonyms_of("byline"), limit=500),
    RecordField(
        "authors", synonyms=synonyms_of("authors"), limit=NAME_LIMIT, is_list=True
    ),
    RecordField("published", synonyms=synonyms_of("published")),
    RecordField(
        "published_as_printed",
        synonyms=synonyms_of("published_as_printed"),
        limit=200,
    ),
    # The date in the form of the file, where `published` was written by an export.
    RecordField(
        "published_in_file", synonyms=synonyms_of("published_in_file"), limit=200
    ),
    RecordField(
        "kind", synonyms=("kind_of_text", "genre", "نوع النص", "النوع"), limit=20
    ),
    RecordField("volume", synonyms=("vol", "المجلد"), limit=50),
    RecordField("issue", synonyms=("issue_number", "العدد"), limit=50),
    RecordField("pages", synonyms=("page", "الصفحات", "الصفحة"), limit=50),
    RecordField("place", synonyms=("place_of_printing", "مكان الطبع"), limit=200),
    RecordField("rights", synonyms=("license", "الحقوق"), limit=500),
    RecordField("url", synonyms=synonyms_of("url"), limit=2000),
    RecordField(
        "topics",
        synonyms=synonyms_of("topics"),
        limit=NAME_LIMIT,
        is_list=True,
    ),
    RecordField(
        "actors", synonyms=synonyms_of("actors"), limit=NAME_LIMIT, is_list=True
    ),
    # Actors by role, which a cell of names cannot tell.
    RecordField(
        "issuers",
        synonyms=synonyms_of("issuers"),
        limit=NAME_LIMIT,
        is_list=True,
        of_tables=True,
    ),
    RecordField(
        "author_actors",
        synonyms=synonyms_of("author_actors"),
        limit=NAME_LIMIT,
        is_list=True,
        of_tables=True,
    ),
    RecordField("status", synonyms=synonyms_of("status"), limit=10),
    RecordField(
        "acquired_from",
        "provenance.acquired_from",
        synonyms_of("acquired_from"),
        limit=500,
    ),
    RecordField("acquired_at", "provenance.acquired_at", synonyms_of("acquired_at")),
    RecordField(
        "content_hash",
        "provenance.content_hash",
        synonyms_of("content_hash"),
        limit=64,
    ),
)

SOURCE_FIELDS: Final = (
    RecordField("slug", limit=SLUG_LIMIT),
    RecordField("name_ar", synonyms=("name", "الاسم"), limit=NAME_LIMIT),
    RecordField("name_latin", synonyms=("name_en",), limit=NAME_LIMIT),
    RecordField("kind", synonyms=("type", "النوع"), limit=20),
    RecordField("place", synonyms=("city", "المكان"), limit=200),
    RecordField("home_page", synonyms=("url", "website"), limit=500),
)

TOPIC_FIELDS: Final = (
    RecordField("slug", limit=SLUG_LIMIT),
    RecordField("name_ar", synonyms=("name", "الاسم"), limit=NAME_LIMIT),
    RecordField("name_latin", "name_en", ("name_latin",), limit=NAME_LIMIT),
    RecordField("parent", synonyms=("broader",), limit=NAME_LIMIT),
)

ACTOR_FIELDS: Final = (
    RecordField("slug", limit=SLUG_LIMIT),
    RecordField("kind", synonyms=("type", "النوع"), limit=20),
    RecordField(
        "name_ar", synonyms=("name", "الاسم"), limit=NAME_LIMIT, takes_first=True
    ),
    RecordField(
        "name_latin", synonyms=("name_en",), limit=NAME_LIMIT, takes_first=True
    ),
    RecordField("aliases", limit=NAME_LIMIT, is_list=True),
    RecordField("description", joined_by="\n\n"),
    RecordField("began", synonyms=("birth", "born", "founded"), limit=10),
    RecordField("ended", synonyms=("death", "died", "dissolved"), limit=10),
    RecordField("wikidata_id", synonyms=("wikidata", "ids.wikidata"), limit=20),
    RecordField("viaf_id", synonyms=("viaf", "ids.viaf"), limit=40),
    RecordField("authority_id", synonyms=("id",), limit=100),
)


# Other words for the kinds, in authority files of other software and in Arabic.
ACTOR_KIND_SYNONYMS: Final = {
    **dict.fromkeys(
        ("org", "organization", "corporate body", "corporatebody", "corporate", "body",
         "institution", "company", "منظمة", "مؤسسة", "هيئة", "جمعية"),
        ActorKind.ORGANISATION.value,
    ),
    **dict.fromkeys(
        ("people", "pers", "human", "individual", "family", "شخص", "علم", "عائلة"),
        ActorKind.PERSON.value,
    ),
    **dict.fromkeys(
        ("location", "geographic", "city", "country", "toponym", "مكان", "مدينة",
         "بلد"),
        ActorKind.PLACE.value,
    ),
    **dict.fromkeys(("political party", "حزب"), ActorKind.PARTY.value),
    **dict.fromkeys(
        ("government", "ministry", "government body", "وزارة", "حكومة"),
        ActorKind.GOVERNMENT_BODY.value,
    ),
}  # fmt: skip


def limits_of(fields: tuple[RecordField, ...]) -> dict[str, int]:
    """The maximum number of characters by name of field, 0 for none."""
    return {field.name: field.limit for field in fields}
