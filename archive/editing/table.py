"""Articles as CSV: a row for each, as the import reads it, without the texts."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from django.db.models import QuerySet

from archive.importing.cells import join_items, neutralize_cell
from archive.importing.paths import write_path
from archive.importing.records.publication import write_date
from archive.models import ActorRole, Article, TopicTree, prefetch_actor_links

# Without it Excel reads UTF-8 as the code page of the machine.
_BYTE_ORDER_MARK: Final = "\ufeff"
_BATCH: Final = 500


def _in_role(role: ActorRole) -> Callable[[Article], str]:
    def read(article: Article) -> str:
        links = article.actor_links.all()
        return join_items(link.actor.name_ar for link in links if link.role == role)

    return read


# Columns in the order of the file; the names are those of the import, so that a table
# that was corrected corrects the articles.
COLUMNS: Final[Mapping[str, Callable[[Article], str]]] = {
    "article_id": lambda article: str(article.pk),
    "external_id": lambda article: article.external_id,
    "title": lambda article: article.title,
    "subtitle": lambda article: article.subtitle,
    "source": lambda article: article.source.name_ar,
    "published": lambda article: write_date(article.published),
    "published_as_printed": lambda article: article.published_as_printed,
    "byline": lambda article: article.byline,
    "authors": lambda article: join_items(
        author.name for author in article.authors.all()
    ),
    "kind": lambda article: article.kind,
    "language": lambda article: article.language,
    "volume": lambda article: article.volume,
    "issue": lambda article: article.issue,
    "pages": lambda article: article.pages,
    "place": lambda article: article.place,
    "actors": _in_role(ActorRole.MENTIONED),
    "issuers": _in_role(ActorRole.ISSUER),
    "author_actors": _in_role(ActorRole.AUTHOR),
    "url": lambda article: article.url,
    "rights": lambda article: article.rights,
    "status": lambda article: article.status,
}


_TOPICS: Final = "topics"


class _Echo:
    """A file whose ``write`` returns the row, so that ``writerow`` returns it too."""

    def write(self, row: str) -> str:
        return row


def _write_topics(article: Article, tree: TopicTree) -> str:
    """The topics with those above them, as the import reads them."""
    paths = (tree.path(topic.pk) for topic in article.topics.all())
    return join_items(write_path([step.name_ar for step in path]) for path in paths)


def write_articles(articles: QuerySet[Article]) -> Iterator[str]:
    """The lines of the table: with a byte order mark, and no cell is a formula."""
    writer = csv.writer(_Echo(), dialect="excel")
    yield _BYTE_ORDER_MARK + writer.writerow([*COLUMNS, _TOPICS])
    tree = TopicTree.load()
    rows = articles.select_related("source").defer("body")
    rows = rows.prefetch_related("authors", "topics", prefetch_actor_links())
    for article in rows.iterator(chunk_size=_BATCH):
        cells = [read(article) for read in COLUMNS.values()]
        cells.append(_write_topics(article, tree))
        yield writer.writerow(map(neutralize_cell, cells))
