"""The model that Haystack indexes; its rows are never saved."""

from __future__ import annotations

from django.db import models


class StockArticle(models.Model):
    """The indexed columns of an article."""

    text = models.TextField()
    source = models.TextField()
    subjects = models.JSONField(default=list)
    published = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
