"""Searches that can be cited: what was asked, and what the answer was then."""

from django.db import models


class CitedSearch(models.Model):
    """A search and its results at one moment; never changed and never deleted.

    ``results`` has the number and the hash of the text of each article, ascending: see
    `search.cited.results`. ``fingerprint`` is SHA-256 of it, in hex, before packing.
    """

    key = models.CharField(max_length=16, unique=True)
    query_string = models.TextField()
    question = models.TextField()
    language = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    results = models.BinaryField()
    # Of the index that answered: they say whether the rules were others.
    analyzer_version = models.CharField(max_length=60)
    generation = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key
