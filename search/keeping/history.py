"""Earlier searches of a reader: the last ones, each once."""

import hashlib
import logging
from typing import Final

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from archive.faults.database import is_outage
from search.models import Keeper, PastSearch

# Searches of one reader that are kept; older ones make room.
MOST_SEARCHES: Final = 500

_log = logging.getLogger(__name__)


def remember(keeper: Keeper, *, query_string: str, question: str, total: int) -> None:
    """Note a search. Where the database cannot be written, it is not noted.

    A page of results must not fail because a note about it does.
    """
    try:
        PastSearch.objects.update_or_create(
            keeper=keeper,
            digest=hashlib.sha256(query_string.encode()).hexdigest(),
            defaults={
                "query_string": query_string,
                "question": question,
                "total": total,
                "searched_at": timezone.now(),
            },
        )
        surplus = keeper.searches.values_list("pk", flat=True)[MOST_SEARCHES:]
        if pks := list(surplus):
            PastSearch.objects.filter(pk__in=pks).delete()
    except DatabaseError as error:
        if not is_outage(error):
            raise
        _log.warning("A search could not be noted: %s", error)


def list_searches(keeper: Keeper) -> QuerySet[PastSearch]:
    """The searches of a reader, the last one first."""
    return keeper.searches.all()
