"""What readers keep: a basket with notes, earlier searches, and lists under a link.

Articles stand by their number, without a foreign key: a note must outlive an article
that is withdrawn or deleted.
"""

from typing import Final, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TITLE_LENGTH: Final = 200


class Keeper(models.Model):
    """Whose basket and searches these are: an account, or the session of a visitor.

    A visitor's keeper has no ``user``; its number stands in the session, and it ends
    with it, at ``expires_at``. ``remembers`` says whether searches are noted.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="keeper",
    )
    expires_at = models.DateTimeField(null=True, db_index=True)
    remembers = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"keeper {self.pk}"


class BasketItem(models.Model):
    """An article in a basket, with what its reader has noted about it."""

    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="basket")
    article_id = models.BigIntegerField()
    note = models.TextField(_("note"), blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        unique_together = [("keeper", "article_id")]

    def __str__(self) -> str:
        return f"{self.keeper_id}: article {self.article_id}"


class PastSearch(models.Model):
    """A search that a reader has made, once for each address, at the last time.

    ``digest`` is SHA-256 of ``query_string`` in hex: an address may be longer than what
    a database can hold in an index.
    """

    keeper = models.ForeignKey(
        Keeper, on_delete=models.CASCADE, related_name="searches"
    )
    digest = models.CharField(max_length=64)
    query_string = models.TextField()
    question = models.TextField()
    total = models.PositiveIntegerField()
    searched_at = models.DateTimeField()

    class Meta:
        ordering = ["-searched_at", "-pk"]
        unique_together = [("keeper", "digest")]

    def __str__(self) -> str:
        return self.question


class SharedListQuerySet(models.QuerySet["SharedList"]):
    """Shared lists."""

    def standing(self) -> Self:
        """Those whose link leads to them now."""
        now = timezone.now()
        return self.exclude(expires_at__lt=now)


class SharedList(models.Model):
    """Articles that whoever has the link sees, until the owner takes it back.

    ``key`` is the secret of the link; ``article_ids`` stand in the order of the list.
    That of a visitor has no ``owner``: it is the ``keeper``'s as long as the session
    lasts, and ends at ``expires_at``.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        editable=False,
        related_name="shared_lists",
    )
    keeper = models.ForeignKey(
        Keeper,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="shared_lists",
    )
    expires_at = models.DateTimeField(null=True, editable=False, db_index=True)
    key = models.CharField(max_length=24, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    word = models.TextField(_("a word about it"), blank=True)
    article_ids = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = SharedListQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("shared list")
        verbose_name_plural = _("shared lists")

    def __str__(self) -> str:
        return self.title
