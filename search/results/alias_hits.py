"""Which hits of a search were found through an alias of an actor only.

An alias stands nowhere on a results page, so that without a word about it the reader
would not see why the article was found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.models import Actor, ActorAlias
from search.fields import CONTENT
from search.highlight.highlighter import get_highlighter
from search.query import BooleanQuery, Field, Not, Or, Query, iter_leaves
from search.results.model import AliasHit, Row

_ACTOR_FIELD: Final = "actor_names"

# What a part of the query needed to match: aliases, none, or None where it is not known
# to match.
_Needed = tuple[AliasHit, ...] | None


def explain_aliases(rows: Sequence[Row], query: Query) -> tuple[Row, ...]:
    """The rows with the aliases that they were found by.

    One query, and none where *query* asks for no name of an actor.
    """
    if not any(field == _ACTOR_FIELD for field, _leaf in iter_leaves(query)):
        return tuple(rows)
    actor_ids = {actor.pk for row in rows for actor in row.article.actors.all()}
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    stored = ActorAlias.objects.filter(actor_id__in=actor_ids)
    for actor_id, name in stored.values_list("actor_id", "name"):
        aliases[actor_id].append(name)
    return tuple(
        replace(row, aliases=_RowNames(row, aliases).explain(query) or ())
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class _RowNames:
    """A row, and the aliases of its actors by their ids."""

    row: Row
    aliases: Mapping[int, Sequence[str]]

    def explain(self, query: Query, field: str = CONTENT) -> _Needed:
        """The aliases that the article matches *query* by."""
        match query:
            case Not():
                return None
            case Field(name, child):
                return self.explain(child, name)
            case Or():
                return self._explain_any(query, field)
            case BooleanQuery():
                needed = [self.explain(part, field) for part in query.parts()]
                return _merge(each for each in needed if each)
        if field == _ACTOR_FIELD:
            return self._explain_leaf(query)
        return () if field == CONTENT and self.row.forms else None

    def _explain_any(self, query: Or, field: str) -> _Needed:
        """The aliases of the first alternative that matches, of the one without any."""
        needed = [self.explain(part, field) for part in query.children]
        matching = [each for each in needed if each is not None]
        return min(matching, key=bool, default=None)

    def _explain_leaf(self, leaf: Query) -> _Needed:
        find = get_highlighter(leaf).find
        actors = list(self.row.article.actors.all())
        if any(find(name) for actor in actors for name in _labels(actor)):
            return ()
        hits = (self._find_alias(actor, find) for actor in actors)
        return tuple(hit for hit in hits if hit) or None

    def _find_alias(
        self, actor: Actor, find: Callable[[str], Sequence[object]]
    ) -> AliasHit | None:
        """The shortest alias of the actor that matches."""
        names = sorted(self.aliases.get(actor.pk, ()), key=len)
        return next((AliasHit(name, actor) for name in names if find(name)), None)


def _labels(actor: Actor) -> tuple[str, str]:
    return actor.name_ar, actor.name_latin


def _merge(parts: Iterable[tuple[AliasHit, ...]]) -> tuple[AliasHit, ...]:
    """The distinct hits of all parts, in order."""
    return tuple(dict.fromkeys(hit for part in parts for hit in part))
