"""Sketches of texts: buckets that texts which are alike have in common."""

from django.db import models

from archive.models.article import Article


class TextSketch(models.Model):
    """An article whose text has been compared; ``digest`` is that of its text.

    A text of one or two words has a sketch without buckets.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="sketch"
    )
    digest = models.BigIntegerField()

    class Meta:
        # Written as articles are saved; nobody edits them.
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.article_id)


class SketchBucket(models.Model):
    """One of the buckets of an article, by its key of 64 bits."""

    key = models.BigIntegerField(db_index=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key}: {self.article_id}"
