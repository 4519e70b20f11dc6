"""Earlier searches of a reader: the last ones, each once."""

import datetime as dt
import hashlib
from typing import Final

from django.utils import timezone

from search.models import Keeper, PastSearch

# Searches of one reader that are kept; older ones make room.
MOST_SEARCHES: Final = 500


def remember(
    keeper: Keeper,
    *,
    query_string: str,
    question: str,
    total: int,
    searched_at: dt.datetime | None = None,
) -> None:
    """Keep a search that was made at *searched_at*, else now."""
    PastSearch.objects.update_or_create(
        keeper=keeper,
        digest=hashlib.sha256(query_string.encode()).hexdigest(),
        defaults={
            "query_string": query_string,
            "question": question,
            "total": total,
            "searched_at": searched_at or timezone.now(),
        },
    )
    surplus = keeper.searches.values_list("pk", flat=True)[MOST_SEARCHES:]
    if pks := list(surplus):
        PastSearch.objects.filter(pk__in=pks).delete()
