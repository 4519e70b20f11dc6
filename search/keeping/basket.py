"""Baskets: articles that a reader collects, each once, in the order of adding."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from archive.models import Article
from search.models import BasketItem, Keeper

# Articles of one basket; more is a search, which can be saved or cited.
MOST_ARTICLES: Final = 2_000
# Characters of one note.
MOST_NOTE: Final = 5_000
_BATCH: Final = 500


class BasketFull(Exception):
    """The basket would hold more than MOST_ARTICLES."""


@transaction.atomic
def add_articles(keeper: Keeper, article_ids: Iterable[int]) -> int:
    """Add those of the articles that are public and not in the basket; how many.

    Raises BasketFull, and adds none, where there is no room for all of them.
    """
    wanted = dict.fromkeys(article_ids)
    public = set(_list_public(wanted))
    known = set(keeper.basket.values_list("article_id", flat=True))
    new = [number for number in wanted if number in public and number not in known]
    if len(known) + len(new) > MOST_ARTICLES:
        raise BasketFull
    BasketItem.objects.bulk_create(
        [BasketItem(keeper=keeper, article_id=number) for number in new],
        batch_size=_BATCH,
        # A second click, in another process, may have been faster.
        ignore_conflicts=True,
    )
    return len(new)


def _list_public(article_ids: Iterable[int]) -> Iterable[int]:
    numbers = list(article_ids)
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        public = Article.objects.published_among(batch).order_by()
        yield from public.values_list("pk", flat=True)


def list_ids(keeper: Keeper) -> list[int]:
    """The numbers of the articles in the basket, in the order of adding."""
    return list(keeper.basket.values_list("article_id", flat=True))
