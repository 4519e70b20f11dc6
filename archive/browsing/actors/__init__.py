"""What the page of an actor says beside its articles: counted, without any text."""

from archive.browsing.actors.articles import (
    ActorArticle,
    SourceCount,
    TopicCount,
    count_by_source,
    count_topics,
    list_actor_articles,
)
from archive.browsing.actors.namings import (
    NameRow,
    Naming,
    NamingTable,
    SourceNamings,
    arrange_namings,
    list_names,
)
from archive.browsing.actors.relations import Relation, list_relations

__all__ = [
    "ActorArticle",
    "NameRow",
    "Naming",
    "NamingTable",
    "Relation",
    "SourceCount",
    "SourceNamings",
    "TopicCount",
    "arrange_namings",
    "count_by_source",
    "count_topics",
    "list_actor_articles",
    "list_names",
    "list_relations",
]
