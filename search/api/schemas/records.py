"""Articles, and what they belong to."""

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema


class Name(Schema):
    """An actor, a topic or a source, by its names."""

    slug: str
    name_ar: str
    name_latin: str
    url: str = Field(description=_("The page of it."))


class Author(Schema):
    """An author as printed."""

    name: str
    actor: str = Field(
        description=_("The slug of the actor; empty where none is known.")
    )


class ActorRow(Name):
    """An actor of an article, and what it is to it."""

    kind: str
    role: str = Field(description=_("mentioned, issuer or author."))


class ArticleRecord(Schema):
    """A published article with its metadata."""

    id: int
    url: str = Field(description=_("Permanent."))
    title: str
    subtitle: str
    byline: str
    authors: list[Author]
    language: str
    kind: str
    source: Name
    published: str
    published_as_printed: str
    volume: str
    issue: str
    pages: str
    place: str
    rights: str
    original_url: str
    external_id: str
    topics: list[Name]
    actors: list[ActorRow]
    added_at: str
    changed_at: str
    content_hash: str = Field(description=_("SHA-256 of title, subtitle and text."))
    characters: int = Field(description=_("The length of the text in code points."))
    text: str | None = Field(description=_("Null where it was not asked for."))


class ActorName(Schema):
    """Another name of an actor."""

    name: str
    kind: str
    began: str
    ended: str


class ActorRecord(Name):
    """An actor that published articles name."""

    kind: str
    description: str
    began: str
    ended: str
    wikidata_id: str
    viaf_id: str
    aliases: list[ActorName]
    articles: int


class TopicRecord(Name):
    """A topic with its place in the tree; its articles count those below it."""

    broader: str = Field(description=_("The slug of the broader topic."))
    narrower: list[str]
    articles: int


class SourceRecord(Name):
    """A source, and the years of its articles; null where none is dated."""

    kind: str
    place: str
    home_page: str
    articles: int
    first_year: int | None
    last_year: int | None


class YearCount(Schema):
    """A year and the number of articles published in it."""

    year: int
    articles: int


class Coverage(Schema):
    """What the archive holds."""

    articles: int
    undated: int
    first_year: int | None
    last_year: int | None
    years: list[YearCount] = Field(description=_("Those with articles, ascending."))
    sources: list[SourceRecord]


class DateArticles(Schema):
    """A date and the number of articles published then."""

    date: str = Field(
        description=_("A month, 1911-05; or a year where no month is known.")
    )
    articles: int


class SourceMonths(Name):
    """A source by month: what stands in no row is not held."""

    articles: int
    undated: int
    dates: list[DateArticles] = Field(description=_("Months with articles, ascending."))


class CoverageByMonth(Schema):
    """What the archive holds of each source, by month; in dictionary order."""

    sources: list[SourceMonths]


class ArticleList(Schema):
    """Articles in the order in which they were added, which never changes."""

    total: int
    articles: list[ArticleRecord]
    cursor: str = Field(
        description=_(
            "Stands behind the last article: with it the list goes on, later"
            " too, when articles have been added."
        )
    )
    next: str | None = Field(
        description=_("The address of what follows; null at the end.")
    )


class ActorList(Schema):
    """Actors that published articles name, in the order in which they were added."""

    actors: list[ActorRecord]
    cursor: str
    next: str | None = Field(
        description=_("The address of what follows; null at the end.")
    )


class TopicList(Schema):
    """All topics with published articles, in dictionary order."""

    topics: list[TopicRecord]


class SourceList(Schema):
    """All sources with published articles, in dictionary order."""

    sources: list[SourceRecord]
