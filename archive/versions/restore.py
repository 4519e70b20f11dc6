"""Restoring a version: it becomes the newest one, and none is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from archive.models import (
    Actor,
    ActorMerge,
    Article,
    ArticleActor,
    ArticleAuthor,
    ChangeKind,
    Source,
    Topic,
    mark_edited,
)
from archive.versions.history import History, read_history
from archive.versions.record import Made, recording
from archive.versions.state import (
    COLUMNS,
    LINKS,
    TEXTS,
    State,
    find_replaced,
    to_column,
)

# What a restoring leaves as it is: who may see an article is decided by its status
# alone, and by the buttons for it.
_KEPT = ("status", "withdrawn_reason")


class NotRestorable(ValueError):
    """The version cannot be restored: its identifier belongs to another article."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, by field, and names that are in the archive no more."""

    fields: tuple[str, ...]
    missing: tuple[str, ...]


@transaction.atomic
def restore_version(article: Article, number: int, *, user: Any) -> Restored:
    """Give *article* the fields of its version *number*, its status excepted.

    Topics, actors and a source that have been deleted since are left out and told; an
    actor that was merged is the one it was merged into. Raises NotRestorable.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    article.refresh_from_db()
    history = read_history(article)
    wanted = {
        name: value
        for name, value in history.state_at(number).items()
        if name not in _KEPT
    }
    _name_heirs(wanted)
    fields = tuple(find_replaced(wanted, history.now))
    made = Made(ChangeKind.RESTORED, user.pk, restored=number)
    missing: list[str] = []
    try:
        with recording([article.pk], made, with_texts=True), transaction.atomic():
            _set_columns(article, wanted, fields, history, missing)
            for name in LINKS:
                if name in fields:
                    _LINK_SETTERS[name](article, wanted[name], history, missing)
    except IntegrityError as error:
        raise NotRestorable(str(error)) from error
    mark_edited(article, {_field_of_form(name) for name in fields}, user)
    return Restored(fields, tuple(dict.fromkeys(missing)))


def _name_heirs(wanted: dict[str, Any]) -> None:
    """Put the actors that others were merged into in their place."""
    ids = {pk for pk, _role in wanted["actors"]}
    ids |= {pk for _name, pk in wanted["authors"] if pk}
    heirs = _find_heirs(list(ids))
    roles = {heirs.get(pk, pk): role for pk, role in wanted["actors"]}
    wanted["actors"] = [list(link) for link in sorted(roles.items())]
    wanted["authors"] = [[name, heirs.get(pk, pk)] for name, pk in wanted["authors"]]


def _set_columns(
    article: Article,
    wanted: State,
    fields: Iterable[str],
    history: History,
    missing: list[str],
) -> None:
    for name in fields:
        if name not in COLUMNS and name not in TEXTS:
            continue
        is_lost = name == "source_id" and not _existing(Source, [wanted[name]])
        if is_lost:
            missing.append(history.name_of(name, wanted[name]))
            continue
        setattr(article, name, to_column(name, wanted[name]))
    article.save()


def _set_topics(
    article: Article, links: list[int], history: History, missing: list[str]
) -> None:
    there = _existing(Topic, links)
    missing += [history.name_of("topics", pk) for pk in links if pk not in there]
    article.topics.set(there)


def _set_actors(
    article: Article, links: list[Any], history: History, missing: list[str]
) -> None:
    there = _existing(Actor, [pk for pk, _role in links])
    missing += [history.name_of("actors", pk) for pk, _ in links if pk not in there]
    ArticleActor.objects.filter(article=article).delete()
    ArticleActor.objects.bulk_create(
        ArticleActor(article=article, actor_id=pk, role=role)
        for pk, role in links
        if pk in there
    )


def _set_authors(
    article: Article, links: list[Any], history: History, missing: list[str]
) -> None:
    there = _existing(Actor, [pk for _name, pk in links if pk])
    ArticleAuthor.objects.filter(article=article).delete()
    ArticleAuthor.objects.bulk_create(
        ArticleAuthor(
            article=article,
            name=name,
            actor_id=pk if pk in there else None,
            position=position,
        )
        for position, (name, pk) in enumerate(links)
    )


_LINK_SETTERS = {"topics": _set_topics, "actors": _set_actors, "authors": _set_authors}


def _existing(model: type[Model], ids: list[int]) -> set[int]:
    rows = model._default_manager.filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _find_heirs(actor_ids: list[int]) -> dict[int, int]:
    """The actors by former id: themselves, or those that they were merged into."""
    heirs = {pk: pk for pk in _existing(Actor, actor_ids)}
    gone = set(actor_ids) - heirs.keys()
    if gone:
        for merge in ActorMerge.objects.filter(before__pk__in=list(gone)):
            heirs[merge.before["pk"]] = merge.kept_id
    return heirs


def _field_of_form(name: str) -> str:
    """The name under which an edit of the field is remembered."""
    if name in ("published_on", "published_precision", "published_in_file"):
        return "published"
    return name.removesuffix("_id") if name == "source_id" else name
