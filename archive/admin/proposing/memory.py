"""Remembering answers: what was offered and is in the article was accepted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import F

from archive.models import (
    NAME_LENGTH,
    Actor,
    Article,
    NameAnswers,
    RefusedProposal,
    Topic,
)

_MOST_OFFERED: Final = 500


def remember_answers(article: Article, offered: str) -> None:
    """Count what was accepted and refused of what a form had offered, as JSON.

    A name of several actors is answered once one of them was chosen. Call it in the
    transaction that saves.
    """
    actors, topics = _read(offered)
    chosen = set(article.actors.values_list("pk", flat=True))
    answers: Counter[tuple[int, str, bool]] = Counter()
    refused: set[tuple[str, int]] = set()
    for ids, keys in actors:
        if len(ids) > 1 and not chosen & set(ids):
            continue
        for pk in ids:
            is_accepted = pk in chosen
            answers.update((pk, key, is_accepted) for key in keys)
            if not is_accepted:
                refused.add(("actor", pk))
    own = set(article.topics.values_list("pk", flat=True))
    refused |= {("topic", pk) for pk in topics if pk not in own}
    _count(answers)
    RefusedProposal.objects.bulk_create(
        [RefusedProposal(article=article, field=f, value=str(v)) for f, v in refused],
        ignore_conflicts=True,
    )


def _count(answers: Counter[tuple[int, str, bool]]) -> None:
    known = set(
        Actor.objects.filter(pk__in={pk for pk, _, _ in answers}).values_list(
            "pk", flat=True
        )
    )
    pairs = {(pk, key) for pk, key, _ in answers if pk in known}
    NameAnswers.objects.bulk_create(
        [NameAnswers(actor_id=pk, key=key) for pk, key in sorted(pairs)],
        ignore_conflicts=True,
    )
    for pk, key, is_accepted in answers:
        column = "accepted" if is_accepted else "refused"
        rows = NameAnswers.objects.filter(actor_id=pk, key=key)
        rows.update(**{column: F(column) + 1})


def _read(offered: str) -> tuple[list[tuple[list[int], list[str]]], list[int]]:
    """The actors with their keys and the topics; nothing where it is no such JSON."""
    try:
        read = json.loads(offered)
    except ValueError:
        return [], []
    if not isinstance(read, dict):
        return [], []
    actors = [
        (list(_iter_numbers(each.get("ids"))), list(_iter_keys(each.get("keys"))))
        for each in _list(read.get("actors"))
        if isinstance(each, dict)
    ]
    numbers = list(_iter_numbers(read.get("topics")))
    known = Topic.objects.filter(pk__in=numbers)
    return actors, list(known.values_list("pk", flat=True))


def _list(value: Any) -> list[Any]:
    return value[:_MOST_OFFERED] if isinstance(value, list) else []


def _iter_numbers(value: Any) -> Iterator[int]:
    for each in _list(value):
        if isinstance(each, int) and not isinstance(each, bool) and 0 < each < 2**63:
            yield each


def _iter_keys(value: Any) -> Iterable[str]:
    return [key[:NAME_LENGTH] for key in _list(value) if isinstance(key, str) and key]
