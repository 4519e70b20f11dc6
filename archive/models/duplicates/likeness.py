"""Pairs of articles whose texts are the same, nearly so, or one within the other."""

from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from archive.models.article import Article

# From this likeness two texts are alike; below it one is in the other.
ALIKE: Final = 0.3


def is_part(likeness: float) -> bool:
    """Whether one of two texts is in the other, rather than alike to it."""
    return likeness < ALIKE


def telling_percent(likeness: float, contained: float) -> int:
    """Of the shares of two texts the one that tells more, in whole percent.

    >>> telling_percent(0.62, 0.7), telling_percent(0.1, 0.999)
    (62, 99)
    """
    return int((contained if is_part(likeness) else likeness) * 100)


class LikenessAnswer(models.TextChoices):
    """What people say of two articles with one text. The values are stored."""

    WAITING = "waiting", pgettext_lazy("two like articles", "waiting")
    REPRINT = "reprint", pgettext_lazy("two like articles", "reprint")
    DIFFERENT = "different", pgettext_lazy("two like articles", "two articles")


class Likeness(models.Model):
    """Two articles that are alike; ``article`` has the higher number.

    ``likeness`` is the share of runs of three words that both have of those that either
    has, 1 for one text; ``contained`` is their share of those of the shorter text.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    likeness = models.FloatField()
    contained = models.FloatField(default=0.0)
    answer = models.CharField(
        max_length=10, choices=LikenessAnswer, default=LikenessAnswer.WAITING
    )
    found_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["article", "other"], name="archive_likeness_once"
            ),
            models.CheckConstraint(
                condition=models.Q(article__gt=models.F("other")),
                name="archive_likeness_ordered",
            ),
        ]
        indexes = [models.Index(fields=["answer"])]

    def __str__(self) -> str:
        return f"{self.article_id} ~ {self.other_id}"

    @property
    def is_part(self) -> bool:
        """Whether one of the texts is in the other, rather than alike to it."""
        return is_part(self.likeness)

    @property
    def percent(self) -> int:
        """The share that tells more, in whole percent, rounded down."""
        return telling_percent(self.likeness, self.contained)
