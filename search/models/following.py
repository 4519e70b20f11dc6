"""Saved searches, the articles that are new to them, and the e-mails about these.

Clocks decide when an e-mail is due and nothing else: what is new is told by arrivals,
each article once, in the order of their numbers.
"""

from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

NAME_LENGTH: Final = 200


class Frequency(models.TextChoices):
    """How often a saved search sends an e-mail. The values are stored."""

    NEVER = "never", _("no e-mail")
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")


class Arrival(models.Model):
    """A published article that saved searches have been, or will be, asked about.

    There is no foreign key, because a deleted article must not arrive again.
    """

    article_id = models.BigIntegerField(unique=True)
    is_matched = models.BooleanField(default=False, db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"article {self.article_id}"


class SavedSearch(models.Model):
    """A search that its owner follows.

    ``site_address`` is where its e-mails lead to: the site as the owner saw it.
    Arrivals up to ``baseline`` were there before it. ``seen`` is the number of the last
    alert that the owner has seen before this visit, ``shown`` that of the last one that
    was shown, at ``shown_at``: see `search.following.visits`.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_searches",
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    reason = models.TextField(_("reason"), blank=True)
    query_string = models.TextField(editable=False)
    language = models.CharField(max_length=8, editable=False)
    site_address = models.CharField(max_length=300, editable=False)
    frequency = models.CharField(
        _("e-mail"), max_length=10, choices=Frequency, default=Frequency.NEVER
    )
    baseline = models.BigIntegerField(default=0, editable=False)
    seen = models.BigIntegerField(default=0, editable=False)
    shown = models.BigIntegerField(default=0, editable=False)
    shown_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_digest_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")

    def __str__(self) -> str:
        return self.name


class Digest(models.Model):
    """An e-mail about a saved search, prepared before it is sent.

    Where sending breaks off it is sent again, the same and under the same Message-ID.
    """

    search = models.ForeignKey(
        SavedSearch, on_delete=models.CASCADE, related_name="digests"
    )
    prepared_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"digest {self.pk}"


class Alert(models.Model):
    """An arrival that a saved search finds; it stands in one digest at most."""

    search = models.ForeignKey(
        SavedSearch, on_delete=models.CASCADE, related_name="alerts"
    )
    article_id = models.BigIntegerField()
    digest = models.ForeignKey(
        Digest, on_delete=models.CASCADE, null=True, related_name="alerts"
    )

    class Meta:
        ordering = ["pk"]
        unique_together = [("search", "article_id")]

    def __str__(self) -> str:
        return f"{self.search_id}: article {self.article_id}"
