"""What harvesters are told: when the record of each article changed, or went."""

from django.db import models


class HarvestRecord(models.Model):
    """An article that has been public, as harvesters (OAI-PMH) know it.

    The row outlives the article: *is_deleted* says that it is not public any more. Only
    the indexer writes rows, one batch after the other, so that the order of primary
    keys is that in which rows became visible, and no change moves a row in it. ``sets``
    are the names of its sets with a blank before and behind each.
    """

    article_id = models.BigIntegerField(unique=True)
    changed_at = models.DateTimeField(db_index=True)
    is_deleted = models.BooleanField(default=False)
    sets = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"article {self.article_id}"
