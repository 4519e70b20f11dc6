"""The outbox: which articles the index does not yet show as they are."""

from django.db import models


class OutboxEntry(models.Model):
    """An article to be indexed again, or taken out of the index, since *queued_at*.

    Rows are only ever added by writers and deleted by the indexer once the index
    has committed what they ask for; an article may have several. There is no
    foreign key, because a deleted article leaves its row behind on purpose.
    """

    article_id = models.BigIntegerField(db_index=True)
    queued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"article {self.article_id}"
