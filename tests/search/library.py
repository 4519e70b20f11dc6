"""The small archive that search tests share; every article has a stated reason."""

from collections.abc import Mapping
from typing import Final

from django.core.management.color import no_style
from django.db import connection

from archive.dates import PartialDate
from archive.models import (
    Actor,
    ActorAlias,
    ActorKind,
    Article,
    ArticleAuthor,
    Source,
    SourceKind,
    Topic,
)
from archive.names.collation import sort_key
from tests.search.library_entries import BULLETINS, ENTRIES, Entry

__all__ = ["BULLETINS", "ENTRIES", "Library", "build_library"]


# Slug → Arabic name, Latin name.
_SOURCES: Final = {
    "gazette": ("جريدة الاختبار", "The Test Gazette"),
    "review": ("مجلة التجربة", "Trial Review"),
    "orient": ("لوريان", "L’Orient"),
}
# Slug → Arabic name, Latin name, slug of the broader topic.
_TOPICS: Final = {
    "press": ("الصحافة", "Press", ""),
    "papers": ("الجرائد", "Newspapers", "press"),
    "science": ("العلوم", "Sciences", ""),
    "astronomy": ("الفلك", "Astronomy", "science"),
    "history": ("التاريخ", "History", ""),
    "iraq": ("تاريخ العراق", "History of Iraq", "history"),
    "baghdad-city": ("تاريخ بغداد", "History of Baghdad", "iraq"),
    "weather": ("الطقس", "Weather", ""),
}
# Slug → kind, Arabic name, Latin name, aliases.
_ACTORS: Final = {
    "taha": (ActorKind.PERSON, "طه حسين", "Taha Hussein", ("عميد الأدب العربي",)),
    "baghdad": (ActorKind.PLACE, "بغداد", "Baghdad", ("مدينة السلام", "الزوراء")),
    "unesco": (ActorKind.ORGANISATION, "اليونسكو", "UNESCO", ()),
    "hidden": (ActorKind.PERSON, "صاحب المسودة", "Draft Only", ()),
    **{
        f"observer-{number}": (
            ActorKind.GOVERNMENT_BODY,
            f"مرصد الجو {number}",
            f"Observatory {number}",
            (),
        )
        for number in range(10)
    },
}


class Library:
    """The library in the database: articles by entry name, other rows by slug."""

    def __init__(
        self,
        articles: Mapping[str, Article],
        sources: Mapping[str, Source],
        topics: Mapping[str, Topic],
        actors: Mapping[str, Actor],
    ) -> None:
        self.articles = articles
        self.sources = sources
        self.topics = topics
        self.actors = actors

    def __getitem__(self, name: str) -> Article:
        return self.articles[name]

    def names(self, article_ids: list[int]) -> list[str]:
        """The names of the entries with these primary keys, in this order."""
        by_id = {article.pk: name for name, article in self.articles.items()}
        return [by_id[pk] for pk in article_ids]


def build_library() -> Library:
    """Write the library to the database, always with the same primary keys.

    In bulk, so that no signal is sent and indexing is left to the caller.
    """
    sources = {
        slug: Source(
            pk=pk,
            slug=slug,
            name_ar=name_ar,
            name_latin=latin,
            sort_key=sort_key(name_ar),
            kind=SourceKind.NEWSPAPER,
        )
        for pk, (slug, (name_ar, latin)) in enumerate(_SOURCES.items(), 1)
    }
    Source.objects.bulk_create(sources.values())
    topics = _build_topics()
    actors = _build_actors()
    articles = {
        entry.name: _build_article(pk, entry, sources)
        for pk, entry in enumerate(ENTRIES, 1)
    }
    Article.objects.bulk_create(articles.values())
    _join(articles, topics, actors)
    _set_sequences()
    return Library(articles, sources, topics, actors)


def _set_sequences() -> None:
    """Let PostgreSQL count on from the numbers that were given."""
    statements = connection.ops.sequence_reset_sql(
        no_style(), [Source, Topic, Actor, Article]
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _build_topics() -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for pk, (slug, (name_ar, latin, parent)) in enumerate(_TOPICS.items(), 1):
        topics[slug] = Topic(
            pk=pk,
            slug=slug,
            name_ar=name_ar,
            name_latin=latin,
            sort_key=sort_key(name_ar),
            parent_id=topics[parent].pk if parent else None,
        )
    Topic.objects.bulk_create(topics.values())
    return topics


def _build_actors() -> dict[str, Actor]:
    actors: dict[str, Actor] = {}
    aliases = []
    for pk, (slug, (kind, name_ar, latin, others)) in enumerate(_ACTORS.items(), 1):
        actors[slug] = Actor(
            pk=pk,
            slug=slug,
            kind=kind,
            name_ar=name_ar,
            name_latin=latin,
            sort_key=sort_key(name_ar),
        )
        aliases += [
            ActorAlias(actor_id=pk, name=name, sort_key=sort_key(name))
            for name in others
        ]
    Actor.objects.bulk_create(actors.values())
    ActorAlias.objects.bulk_create(aliases)
    return actors


def _build_article(pk: int, entry: Entry, sources: Mapping[str, Source]) -> Article:
    article = Article(
        pk=pk,
        title=entry.title,
        subtitle=entry.subtitle,
        body=entry.body,
        byline=entry.byline,
        source=sources[entry.source],
        external_id=entry.name,
        language=entry.language,
        status=entry.status,
    )
    article.published = (
        PartialDate.from_iso(entry.published) if entry.published else None
    )
    article.content_hash = article.build_content_hash()
    return article


def _join(
    articles: Mapping[str, Article],
    topics: Mapping[str, Topic],
    actors: Mapping[str, Actor],
) -> None:
    on_topic, with_actor = Article.topics.through, Article.actors.through
    on_topic.objects.bulk_create(
        on_topic(article_id=articles[entry.name].pk, topic_id=topics[slug].pk)
        for entry in ENTRIES
        for slug in entry.topics
    )
    with_actor.objects.bulk_create(
        with_actor(article_id=articles[entry.name].pk, actor_id=actors[slug].pk)
        for entry in ENTRIES
        for slug in entry.actors
    )
    ArticleAuthor.objects.bulk_create(
        ArticleAuthor(article=articles[entry.name], name=name, position=position)
        for entry in ENTRIES
        for position, name in enumerate(entry.authors)
    )
