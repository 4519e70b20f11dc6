"""The outbox: articles that the index does not yet have as the database has them."""

from django.db import models


class OutboxEntry(models.Model):
    """An article to index again or to remove from the index, waiting since *queued_at*.

    Changes of the archive add rows, and the indexer deletes them after the commit of
    the index; an article may have several. There is no foreign key, because the row of
    a deleted article must stay.
    """

    article_id = models.BigIntegerField(db_index=True)
    queued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"article {self.article_id}"
