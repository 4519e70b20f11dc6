"""The archive's names as a `NameTable`, kept until the authority file changes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Max

from archive.models import Actor, ActorAlias, ActorSpelling, NameAnswers
from archive.recognition.actors_in_text import Answers
from archive.recognition.name_table import KnownName, NameTable, build_name_table
from archive.recognition.words import fold_text_word

_PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Authority:
    """The names of all actors, their kinds by id, and given names of the persons."""

    table: NameTable
    kinds: Mapping[int, str]
    given: frozenset[str]


class _Kept:
    """The authority of this process, and the state of the tables that it is of."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.state: object = None
        self.authority: Authority | None = None


_KEPT: Final = _Kept()


def load_authority() -> Authority:
    """The authority file; read again where actors or aliases have changed.

    Two queries where nothing has. Threads share it.
    """
    state = _read_state()
    with _KEPT.lock:
        if _KEPT.authority is None or _KEPT.state != state:
            _KEPT.authority = _read_authority()
            _KEPT.state = state
        return _KEPT.authority


def load_answers(actor_ids: set[int]) -> dict[tuple[int, str], Answers]:
    """The answers to earlier proposals of these actors, by actor and spelling key."""
    rows = NameAnswers.objects.filter(actor_id__in=actor_ids)
    columns = rows.values_list("actor_id", "key", "accepted", "refused")
    return {(actor, key): Answers(yes, no) for actor, key, yes, no in columns}


def _read_state() -> object:
    """What changes with every name: rows of spellings are written anew with them."""
    spellings = ActorSpelling.objects.aggregate(n=Count("pk"), last=Max("pk"))
    aliases = ActorAlias.objects.aggregate(n=Count("pk"), last=Max("pk"))
    return ActorSpelling.objects.db, spellings, aliases


def _read_authority() -> Authority:
    rows = list(Actor.objects.order_by().values_list("pk", "kind", "name_ar"))
    given = {
        fold_text_word(name.split()[0])
        for _pk, kind, name in rows
        if kind == _PERSON and len(name.split()) > 1
    }
    kinds = {pk: kind for pk, kind, _name in rows}
    return Authority(build_name_table(_iter_names()), kinds, frozenset(given))


def _iter_names() -> Iterator[KnownName]:
    actors = Actor.objects.order_by().values_list("pk", "name_ar", "name_latin")
    for pk, *names in actors.iterator():
        for name in filter(None, names):
            yield KnownName(pk, name)
    aliases = ActorAlias.objects.order_by().values_list("actor_id", "name")
    for pk, name in aliases.iterator():
        yield KnownName(pk, name)
