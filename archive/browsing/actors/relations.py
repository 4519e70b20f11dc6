"""What an actor is to others, read from either end of a relation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from archive.browsing.visibility import find_visible
from archive.dates import PartialDate
from archive.models import Actor, ActorRelation, RelationCertainty, RelationKind

# What the second actor is to the first; other kinds are the same from both ends.
FROM_THE_OTHER_END: Final[Mapping[str, Promise]] = {
    RelationKind.MEMBER: pgettext_lazy("relation of actors", "has as a member"),
    RelationKind.LEADER: pgettext_lazy("relation of actors", "led by"),
    RelationKind.FOUNDER: pgettext_lazy("relation of actors", "founded by"),
    RelationKind.SPOKESPERSON: pgettext_lazy("relation of actors", "spoken for by"),
    RelationKind.PART: pgettext_lazy("relation of actors", "has as a part"),
    RelationKind.SUCCESSOR: pgettext_lazy("relation of actors", "succeeded by"),
    RelationKind.SEAT: pgettext_lazy("relation of actors", "seat of"),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """What the actor of a page is to *other*; ``certainty`` is empty where certain."""

    label: str
    other: Actor
    began: PartialDate | None
    ended: PartialDate | None
    certainty: str


def list_relations(actor: Actor) -> tuple[Relation, ...]:
    """The actor's relations to actors that every visitor may see, from both ends."""
    own = actor.relations.select_related("other")
    others = actor.relations_to.select_related("actor")
    ends = [(row, row.other, False) for row in own]
    ends += [(row, row.actor, True) for row in others]
    visible = _find_visible(other for _row, other, _inverse in ends)
    return tuple(
        _read(row, other, is_inverse=is_inverse)
        for row, other, is_inverse in ends
        if other.pk in visible
    )


def _find_visible(actors: Iterable[Actor]) -> set[int]:
    slugs = {actor.slug for actor in actors}
    return {actor.pk for actor in find_visible(Actor, slugs)} if slugs else set()


def _read(row: ActorRelation, other: Actor, *, is_inverse: bool) -> Relation:
    label = str(RelationKind(row.kind).label)
    if is_inverse:
        label = str(FROM_THE_OTHER_END.get(row.kind, label))
    is_certain = row.certainty == RelationCertainty.CERTAIN
    return Relation(
        label=label,
        other=other,
        began=PartialDate.from_iso(row.began) if row.began else None,
        ended=PartialDate.from_iso(row.ended) if row.ended else None,
        certainty="" if is_certain else str(RelationCertainty(row.certainty).label),
    )
