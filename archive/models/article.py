"""Articles with their metadata and provenance."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.addresses import reverse_numbered
from archive.dates import PartialDate, Precision
from archive.models.actor import Actor
from archive.models.article_links import ArticleActor
from archive.models.atomic_save import AtomicSave
from archive.models.source import Source
from archive.models.text_kind import TextKind
from archive.models.topic import Topic
from archive.roles import Reader, may_contribute, may_publish


class Status(models.TextChoices):
    """Visitors see published articles only. The values are stored and exported."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("for review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    TRASH = "trash", _("in the trash")


# Characters of the longest body that the admin and imports take: 550 printed pages, two
# megabytes of Arabic, which one form and one line of a file hold. Articles stored with
# longer ones stay.
MAX_BODY_LENGTH: Final = 1_000_000

# Characters of the texts that a batch of articles has in memory.
BATCH_CHARACTERS: Final = 8_000_000

# All but PUBLISHED.
UNPUBLISHED: Final = (Status.DRAFT, Status.REVIEW, Status.WITHDRAWN, Status.TRASH)


class DatePrecision(models.TextChoices):
    """`Precision` as choices of a model field."""

    DAY = Precision.DAY.value, _("day")
    MONTH = Precision.MONTH.value, _("month")
    YEAR = Precision.YEAR.value, _("year")
    UNKNOWN = Precision.UNKNOWN.value, _("unknown")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles by who may see them, with the relations that a page reads."""

    def published(self) -> "ArticleQuerySet":
        """The articles that every visitor may see."""
        return self.filter(status=Status.PUBLISHED)

    def published_among(
        self, article_ids: "Collection[int] | models.QuerySet[Any, Any]"
    ) -> "ArticleQuerySet":
        """Those of these articles that every visitor may see.

        Told which statuses they have not: told which they have, SQLite goes through all
        published articles for it, not through these.
        """
        return self.filter(pk__in=article_ids).exclude(status__in=UNPUBLISHED)

    def visible_to(self, reader: Reader) -> "ArticleQuerySet":
        """The articles that *reader* may see: published, also their own, or all.

        Start every list, count and choice from it that accounts see.
        """
        if may_publish(reader):
            return self.all()
        visible = models.Q(status=Status.PUBLISHED)
        if may_contribute(reader):
            visible |= models.Q(created_by=reader.pk)
        return self.filter(visible)

    def with_catalogue(self) -> "ArticleQuerySet":
        """The articles with source, actors, topics and authors, in four queries."""
        return self.select_related("source").prefetch_related(
            "actors", "topics", "authors"
        )

    def for_entries(self, *more: str) -> "ArticleQuerySet":
        """The articles with the columns that list entries show, and *more* columns.

        Three queries, with source, actors and authors.
        """
        columns = ("title", "subtitle", "byline", "language", "status", "published_on")
        names = ("slug", "name_ar", "name_latin")
        of_source = (f"source__{name}" for name in names)
        actors = models.Prefetch("actors", Actor.objects.only(*names))
        return (
            self.select_related("source")
            .only(*columns, "published_precision", *of_source, *more)
            .prefetch_related(actors, "authors")
        )


class Article(AtomicSave):
    """An article as it was printed, with its metadata.

    Invariants: ``published_on`` is the first day of a period as long as
    ``published_precision`` says, and ``None`` exactly where that is unknown;
    ``content_hash`` is that of title, subtitle and body.
    """

    title = models.CharField(_("title"), max_length=1000)
    subtitle = models.CharField(_("subtitle"), max_length=1000, blank=True)
    body = models.TextField(
        _("text"), blank=True, help_text=_("An empty line separates paragraphs.")
    )
    language = models.CharField(_("language"), max_length=12, default="ar")
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="articles",
        verbose_name=_("source"),
    )
    byline = models.CharField(_("byline as printed"), max_length=500, blank=True)
    published_on = models.DateField(
        _("published on"), null=True, blank=True, db_index=True
    )
    published_precision = models.CharField(
        _("precision of the date"),
        max_length=10,
        choices=DatePrecision,
        default=DatePrecision.UNKNOWN,
    )
    published_as_printed = models.CharField(
        _("date as printed"), max_length=200, blank=True
    )
    # As the imported file has it; empty where it is the date above in ISO.
    published_in_file = models.CharField(
        _("date as in the file"), max_length=200, blank=True
    )
    kind = models.CharField(
        _("kind of text"),
        max_length=20,
        choices=TextKind,
        default=TextKind.NOT_STATED,
        blank=True,
    )
    volume = models.CharField(_("volume"), max_length=50, blank=True)
    issue = models.CharField(_("issue"), max_length=50, blank=True)
    pages = models.CharField(_("pages"), max_length=50, blank=True)
    place = models.CharField(_("place of printing"), max_length=200, blank=True)
    rights = models.CharField(_("rights"), max_length=500, blank=True)
    url = models.URLField(_("web address"), max_length=2000, blank=True)
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="articles", verbose_name=_("topics")
    )
    actors = models.ManyToManyField(
        Actor,
        through=ArticleActor,
        blank=True,
        related_name="articles",
        verbose_name=_("actors"),
    )
    external_id = models.CharField(
        _("identifier at the source"), max_length=300, blank=True
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.PUBLISHED,
    )
    withdrawn_reason = models.CharField(
        _("reason for the withdrawal"), max_length=500, blank=True
    )
    acquired_from = models.CharField(_("acquired from"), max_length=500, blank=True)
    acquired_at = models.DateTimeField(_("acquired at"), default=timezone.now)
    content_hash = models.CharField(
        _("content hash"), max_length=64, editable=False, db_index=True
    )
    # The owner of a draft; NULL where an import or a command wrote the article.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [("publish_article", "Can publish and withdraw articles")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~models.Q(external_id=""),
                name="archive_article_external_id_once",
                violation_error_message=_(
                    "The source has an article with this identifier already."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    published_on__isnull=True, published_precision="unknown"
                )
                | (
                    models.Q(published_on__isnull=False)
                    & ~models.Q(published_precision="unknown")
                ),
                name="archive_article_date_has_precision",
                violation_error_message=_(
                    "A date needs a precision, and a precision needs a date."
                ),
            ),
        ]
        indexes = [
            # Covering indexes for counts by date, which would read wide rows otherwise.
            models.Index(fields=["status", "published_on", "published_precision"]),
            models.Index(
                fields=["source", "status", "published_on", "published_precision"]
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.content_hash = self.build_content_hash()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse_numbered("archive:article", self.pk)

    @property
    def published(self) -> PartialDate | None:
        """The publication date to the precision known; ``None`` where unknown."""
        first = self.published_on
        if first is None:
            return None
        precision = Precision(self.published_precision)
        return PartialDate(
            first.year,
            None if precision is Precision.YEAR else first.month,
            first.day if precision is Precision.DAY else None,
        )

    @published.setter
    def published(self, value: PartialDate | None) -> None:
        self.published_on = value.first_day() if value else None
        self.published_precision = (
            value.precision if value else Precision.UNKNOWN
        ).value

    def paragraphs(self) -> list[str]:
        """The paragraphs of the body, without empty ones."""
        return [line.strip() for line in self.body.splitlines() if line.strip()]

    def build_content_hash(self) -> str:
        """SHA-256, in hex, of title, subtitle and body, with CR LF taken as LF."""
        text = "\x00".join((self.title, self.subtitle, self.body))
        return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def iter_id_batches(article_ids: Iterable[int], *, most: int) -> Iterator[list[int]]:
    """*article_ids* in the same order, in batches for reading the articles.

    A batch has at most *most* articles and BATCH_CHARACTERS characters of text, or one
    article with more.
    """
    remaining = iter(article_ids)
    batch: list[int] = []
    characters = 0
    while following := list(islice(remaining, most)):
        articles = Article.objects.filter(pk__in=following).order_by()
        lengths = dict(articles.values_list("pk", Length("body")))
        for article_id in following:
            characters += lengths.get(article_id, 0)
            if batch and (len(batch) == most or characters > BATCH_CHARACTERS):
                yield batch
                batch, characters = [], lengths.get(article_id, 0)
            batch.append(article_id)
    if batch:
        yield batch
