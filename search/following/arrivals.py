"""Arrivals: published articles, each once, whenever and however it was published."""

from itertools import islice
from typing import Final

from django.db.models import Exists, Max, OuterRef

from archive.models import Article
from search.models import Arrival

BATCH: Final = 2_000


def take_in() -> int:
    """Add an arrival for each published article that has none; the highest number.

    Safe beside other processes that do the same.
    """
    known = Arrival.objects.filter(article_id=OuterRef("pk"))
    new = Article.objects.published().filter(~Exists(known)).order_by("pk")
    article_ids = iter(list(new.values_list("pk", flat=True)))
    while batch := list(islice(article_ids, BATCH)):
        Arrival.objects.bulk_create(
            [Arrival(article_id=pk) for pk in batch], ignore_conflicts=True
        )
    return Arrival.objects.aggregate(highest=Max("pk"))["highest"] or 0
