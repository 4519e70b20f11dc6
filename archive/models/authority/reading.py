"""Readings of the archive for names, and the links that they propose."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from archive.models.actor import Actor
from archive.models.article import Article


class NameReading(models.Model):
    """A reading of articles for one actor, or for all where ``actor`` is NULL.

    It is of the articles of the import ``batch``, of the whole archive without one.
    ``last_id`` is the article that was read last, in ascending order of ids, so that a
    reading goes on where it stopped.
    """

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, null=True, blank=True, related_name="readings"
    )
    batch = models.ForeignKey(
        "archive.ImportBatch", on_delete=models.CASCADE, null=True, related_name="+"
    )
    total = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    is_finished = models.BooleanField(default=False)
    began_at = models.DateTimeField(auto_now_add=True)
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}: {self.read}/{self.total}"


class ReadLinkAnswer(models.TextChoices):
    """What became of a proposed link."""

    WAITING = "waiting", pgettext_lazy("proposal", "waiting")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "accepted")
    REFUSED = "refused", pgettext_lazy("proposal", "refused")


class ReadLink(models.Model):
    """A link of an article to an actor that a reading proposes."""

    reading = models.ForeignKey(
        NameReading, on_delete=models.CASCADE, related_name="links"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    quote = models.CharField(max_length=200)
    key = models.CharField(max_length=300)
    ticked = models.BooleanField(default=False)
    answer = models.CharField(
        max_length=10, choices=ReadLinkAnswer, default=ReadLinkAnswer.WAITING
    )

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "article", "actor"], name="archive_read_link_once"
            )
        ]
        indexes = [models.Index(fields=["reading", "answer"])]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.actor_id} {self.answer}"
