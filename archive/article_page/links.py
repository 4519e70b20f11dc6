"""Articles to read on with, as links, and those before and after in an issue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from archive.article_page.record import NameLink
from archive.dates import PartialDate
from archive.models import Article, Status


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """An article to read on with."""

    title: str
    language: str
    address: str
    source: NameLink
    published: PartialDate | None


@dataclass(frozen=True, slots=True)
class IssueNeighbors:
    """The articles before and after one in its issue, as they were entered."""

    before: ArticleLink | None = None
    after: ArticleLink | None = None


def find_in_issue(article: Article) -> IssueNeighbors:
    """The published articles beside *article*, itself published or not.

    An issue is what a source published on one date under one volume and number; without
    a date there is none. Two queries.
    """
    if article.published_on is None:
        return IssueNeighbors()
    # Without the status, for which SQLite would scan all published articles.
    issue = Article.objects.filter(
        published_on=article.published_on,
        published_precision=article.published_precision,
        source=article.source_id,
        volume=article.volume,
        issue=article.issue,
    )
    rows = issue.order_by("pk").values_list("pk", "status")
    ids = [pk for pk, status in rows if status == Status.PUBLISHED or pk == article.pk]
    at = ids.index(article.pk)
    before, after = ids[at - 1 : at] if at else [], ids[at + 1 : at + 2]
    links = read_links([*before, *after])
    beside = [[links[pk] for pk in side if pk in links] for side in (before, after)]
    return IssueNeighbors(*(next(iter(side), None) for side in beside))


def read_links(article_ids: Collection[int]) -> Mapping[int, ArticleLink]:
    """Those of the articles that are published, by id; one query, if any."""
    if not article_ids:
        return {}
    names = (f"source__{name}" for name in ("slug", "name_ar", "name_latin"))
    columns = ("title", "language", "status", "published_on", "published_precision")
    rows = (
        Article.objects.filter(pk__in=sorted(article_ids))
        .select_related("source")
        .only(*columns, *names)
        .order_by()
    )
    return {
        row.pk: ArticleLink(
            row.title,
            row.language,
            row.get_absolute_url(),
            NameLink.of(row.source),
            row.published,
        )
        for row in rows
        if row.status == Status.PUBLISHED
    }
