"""Links of stored articles to actors, with their roles, and the rows to be inserted."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from archive.importing.records.articles import ACTOR_FIELDS_BY_ROLE
from archive.importing.writing.actor_entries import ActorEntry
from archive.insertion import insert_rows
from archive.models import ActorRole, ArticleActor

# An actor in several roles has the last of them.
_RISING: Final = ("", ActorRole.MENTIONED, ActorRole.AUTHOR, ActorRole.ISSUER)


class ActorLinks:
    """The actors of the articles of one batch; `flush` inserts the queued links."""

    def __init__(self, article_ids: Sequence[int]) -> None:
        self._stored: defaultdict[int, dict[int, str]] = defaultdict(dict)
        self._new: list[ArticleActor] = []
        if article_ids:
            rows = ArticleActor.objects.filter(article_id__in=article_ids)
            for row in rows.values_list("article_id", "actor_id", "role"):
                self._stored[row[0]][row[1]] = row[2]

    def add(self, article_id: int, actors: Sequence[tuple[ActorEntry, str]]) -> None:
        """Queue the links of a new article."""
        for actor_id, role in _roles(actors).items():
            self._queue(article_id, actor_id, role or ActorRole.MENTIONED)

    def find_change(
        self,
        article_id: int,
        actors: Sequence[tuple[ActorEntry, str]],
        given: Collection[str],
    ) -> tuple[list[list[object]], list[list[object]]] | None:
        """The actors with their roles, as they are and as a record has them, or None.

        An actor without a role keeps the one that it has; who is in a role for which
        the record has no field stays.
        """
        stored = self._stored[article_id]
        wanted = self._wanted(article_id, actors, given)
        if wanted == stored:
            return None
        return _pairs(stored), _pairs(wanted)

    def _wanted(
        self,
        article_id: int,
        actors: Sequence[tuple[ActorEntry, str]],
        given: Collection[str],
    ) -> dict[int, str]:
        stored = self._stored[article_id]
        if not any(field in given for field in ACTOR_FIELDS_BY_ROLE):
            return stored
        wanted = _keep_unsaid(stored, given)
        for actor_id, role in _roles(actors).items():
            wanted[actor_id] = role or stored.get(actor_id, ActorRole.MENTIONED)
        return wanted

    def update(
        self,
        article_id: int,
        actors: Sequence[tuple[ActorEntry, str]],
        given: Collection[str],
    ) -> None:
        """Make the change that `find_change` tells."""
        stored = self._stored[article_id]
        wanted = self._wanted(article_id, actors, given)
        rows = ArticleActor.objects.filter(article_id=article_id)
        rows.filter(actor_id__in=stored.keys() - wanted.keys()).delete()
        for actor_id, role in wanted.items():
            if actor_id not in stored:
                self._queue(article_id, actor_id, role)
            elif stored[actor_id] != role:
                rows.filter(actor_id=actor_id).update(role=role)

    def flush(self) -> None:
        """Insert the queued rows."""
        insert_rows(ArticleActor, self._new)

    def _queue(self, article_id: int, actor_id: int, role: str) -> None:
        row = ArticleActor(article_id=article_id, actor_id=actor_id, role=role)
        self._new.append(row)


def _pairs(roles: Mapping[int, str]) -> list[list[object]]:
    return [[actor_id, role] for actor_id, role in sorted(roles.items())]


def _keep_unsaid(stored: Mapping[int, str], given: Collection[str]) -> dict[int, str]:
    """The stored links of which the record says nothing."""
    if "actors" in given:
        return {}
    said = {role for field, role in ACTOR_FIELDS_BY_ROLE.items() if field in given}
    return {pk: role for pk, role in stored.items() if role not in said}


def _roles(actors: Sequence[tuple[ActorEntry, str]]) -> dict[int, str]:
    """The roles by actor id, in ascending order of ids."""
    roles: dict[int, str] = {}
    for entry, role in sorted(actors, key=lambda each: _RISING.index(each[1])):
        roles[entry.actor.pk] = role
    return dict(sorted(roles.items()))
