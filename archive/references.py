"""Articles as references: rows of the database to what citations say of them."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from archive.citing import Reference, find_work_type
from archive.citing.reference import make_key, one_line
from archive.models import ActorRole, Article


@dataclass(frozen=True, slots=True)
class Place:
    """Where articles are read: scheme and host of the site, and the day."""

    site_address: str
    day: dt.date

    @classmethod
    def today(cls, site_address: str) -> "Place":
        """The site at *site_address* (``https://example.org``), today."""
        return cls(site_address, timezone.localdate())

    def address(self, article: Article) -> str:
        """The permanent address of *article*, in the language of the moment."""
        return f"{self.site_address}{article.get_absolute_url()}"


def build_reference(article: Article, place: Place) -> Reference:
    """The reference of *article*, whose source, authors, topics and actors are fetched.

    Actors by `prefetch_actor_links`.
    """
    source = article.source
    links = article.actor_links.all()
    return Reference(
        number=article.pk,
        key=make_key(source.slug, article.published, article.pk),
        work_type=find_work_type(source.kind),
        title=one_line(article.title),
        creators=list_creators(article),
        container=one_line(source.label("ar")),
        container_latin=one_line(source.label("en")),
        published=article.published,
        printed_date=one_line(article.published_as_printed),
        volume=one_line(article.volume),
        issue=one_line(article.issue),
        pages=one_line(article.pages),
        place=one_line(article.place or source.place),
        rights=one_line(article.rights),
        language=article.language,
        keywords=tuple(
            dict.fromkeys(
                one_line(row.name_ar)
                for row in (*article.topics.all(), *(link.actor for link in links))
            )
        ),
        address=place.address(article),
        archive_ar=settings.SITE_NAME_AR,
        archive_en=settings.SITE_NAME_EN,
        accessed=place.day,
    )


def list_creators(article: Article) -> tuple[str, ...]:
    """The authors as printed; else actors who wrote it, the byline, or who issued it.

    ``()`` where the archive knows none of them.
    """
    links = article.actor_links.all()

    def in_role(role: ActorRole) -> list[str]:
        return [link.actor.name_ar for link in links if link.role == role]

    printed = [author.name for author in article.authors.all()]
    byline = [article.byline] if article.byline.strip() else []
    found = printed or in_role(ActorRole.AUTHOR) or byline or in_role(ActorRole.ISSUER)
    return tuple(one_line(name) for name in found)
