"""Whether the index is of this archive, and has as many documents as it has articles.

Cheap enough to be asked every few seconds: `reconcile` compares the documents.
"""

from __future__ import annotations

from enum import Enum

from django.utils.translation import gettext_lazy as _

from archive.models import Article, read_identity
from search.engines.contract import EngineStatus
from search.errors import IndexUnavailable
from search.indexing import outbox
from search.indexing.connections import site_engine


class Agreement(Enum):
    """How the index agrees with the database."""

    AGREES = "agrees"
    FOREIGN = "foreign"  # of another archive
    DIFFERS = "differs"  # other numbers, and nothing waits


def find_agreement(status: EngineStatus) -> Agreement:
    """Compare the index with the database; raises IndexUnavailable."""
    if is_foreign(status):
        return Agreement.FOREIGN
    numbers = _count(status.documents)
    if numbers is None:
        return Agreement.AGREES
    # An article that is saved between two of the counts makes them differ for a
    # moment: only the same difference, found again, counts.
    if numbers == _count(site_engine().status().documents):
        return Agreement.DIFFERS
    return Agreement.AGREES


def is_foreign(status: EngineStatus) -> bool:
    """Whether the index was built from another archive.

    One without an identity, from before there was any, is accepted.
    """
    identity = read_identity()
    return bool(identity and status.identity and status.identity != identity)


def refuse_foreign_index(status: EngineStatus) -> None:
    """Raise IndexUnavailable where the index was built from another archive."""
    if is_foreign(status):
        raise IndexUnavailable(
            _(
                "The index is of another archive than the database."
                " Build it again with rebuild_index."
            )
        )


def _count(documents: int) -> tuple[int, int] | None:
    """The numbers of articles and documents where they differ and nothing waits."""
    articles = Article.objects.published().count()
    if articles == documents or not outbox.is_empty():
        return None
    return articles, documents
