"""Taking over what is ticked: the data of the form with the proposals in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.http import QueryDict

from archive.admin.proposing.panel import (
    ACTOR,
    AUTHOR,
    DATE,
    PARTS,
    TAKE,
    TOPIC,
    date_of,
)
from archive.recognition.propose import Proposal

_AUTHOR_ROW: Final = "authors"


def take_ticked(data: QueryDict, proposal: Proposal) -> QueryDict:
    """A copy of *data* with what is ticked in it, in the fields that it belongs to.

    Only what *proposal* has is taken, whatever the form has sent.
    """
    taken = data.copy()
    ticked = taken.getlist(TAKE)
    for name in PARTS:
        if name in ticked and (value := getattr(proposal.parts, name)):
            taken[name] = value
    if {"title", "byline"} & set(ticked) and not data.get("title", "").strip():
        taken["body"] = proposal.parts.body
    _add_all(taken, "mentioned", _numbers(ticked, ACTOR), _known_actors(proposal))
    topics = {each.topic_id for each in proposal.topics}
    _add_all(taken, "topics", _numbers(ticked, TOPIC), topics)
    for start in _numbers(ticked, DATE):
        _take_date(taken, proposal, start)
    if AUTHOR in ticked and proposal.parts.author:
        _add_author(taken, proposal.parts.author)
    taken.setlist(TAKE, [])
    return taken


def _known_actors(proposal: Proposal) -> set[int]:
    return {pk for actor in proposal.actors for pk in actor.actor_ids}


def _numbers(ticked: Iterable[str], kind: str) -> list[int]:
    """The numbers in the values of one kind: 7 of "actor:7"."""
    numbers = (value.removeprefix(f"{kind}:") for value in ticked)
    return [int(number) for number in numbers if number.isascii() and number.isdigit()]


def _add_all(data: QueryDict, name: str, numbers: list[int], known: set[int]) -> None:
    own = data.getlist(name)
    added = [str(pk) for pk in numbers if pk in known and str(pk) not in own]
    data.setlist(name, [*own, *added])


def _take_date(data: QueryDict, proposal: Proposal, start: int) -> None:
    own = proposal.parts.date
    for date in filter(None, (own, *proposal.dates)):
        read = date_of(date)
        if date.start == start and read:
            data["published"] = read.iso()
            data["published_as_printed"] = date.printed
            return


def _add_author(data: QueryDict, name: str) -> None:
    """Put the author into the first empty row of the inline, or into a new one."""
    total = data.get(f"{_AUTHOR_ROW}-TOTAL_FORMS", "")
    rows = int(total) if total.isascii() and total.isdigit() else 0
    for row in range(rows):
        field = f"{_AUTHOR_ROW}-{row}-name"
        if not data.get(field) and not data.get(f"{_AUTHOR_ROW}-{row}-actor"):
            data[field] = name
            return
    data[f"{_AUTHOR_ROW}-{rows}-name"] = name
    data[f"{_AUTHOR_ROW}-{rows}-position"] = str(rows)
    data[f"{_AUTHOR_ROW}-TOTAL_FORMS"] = str(rows + 1)
