"""An edit of many articles: topics and actors added and removed, columns set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from archive.models import (
    Actor,
    Article,
    BulkEdit,
    ChangeKind,
    Source,
    Topic,
    mark_edited,
)
from archive.signals import articles_written
from archive.versions import Made, recording

# Columns that an edit sets, as the form calls them and as the row has them.
_COLUMNS: Final = {"source": "source_id", "kind": "kind", "status": "status"}
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edit does; a column that is ``None`` stays as it is."""

    source: int | None = None
    kind: str | None = None
    status: str | None = None
    # Of a withdrawal; any other status has none.
    reason: str = ""
    add_topics: tuple[int, ...] = ()
    remove_topics: tuple[int, ...] = ()
    add_actors: tuple[int, ...] = ()
    remove_actors: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self != Changes()


@dataclass(slots=True)
class _Former:
    """What one article had before."""

    columns: dict[str, Any] = field(default_factory=dict)
    got: dict[str, list[int]] = field(default_factory=dict)
    lost: dict[str, list[Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns or self.got or self.lost)


@transaction.atomic
def edit_articles(
    articles: QuerySet[Article], changes: Changes, *, user: Any
) -> BulkEdit | None:
    """Make *changes* in *articles*; ``None`` where none of them had to change."""
    before: dict[str, Any] = {}
    made = Made(ChangeKind.BULK, user.pk)
    for ids in _batches(articles.order_by("pk").values_list("pk", flat=True)):
        with recording(ids, made):
            for article in _lock(ids):
                if former := _edit(article, changes):
                    before[str(article.pk)] = asdict(former)
                    mark_edited(article, _edited_names(former), user)
    if not before:
        return None
    edit = BulkEdit.objects.create(before=before, edited_by_id=user.pk)
    _tell(before)
    return edit


@transaction.atomic
def undo_edit(edit: BulkEdit, *, user_id: int | None = None) -> int:
    """Put back what *edit* changed; the number of articles.

    What somebody has changed otherwise since stays as it is.
    """
    edit = BulkEdit.objects.select_for_update().get(pk=edit.pk)
    if edit.is_undone:
        return 0
    undone, made = 0, Made(ChangeKind.UNDOING, user_id)
    for ids in _batches(map(int, edit.before)):
        with recording(ids, made):
            for article in _lock(ids):
                _put_back(article, edit.before[str(article.pk)])
                undone += 1
    edit.is_undone = True
    edit.save()
    _tell(edit.before)
    return undone


def _batches(article_ids: Iterable[int]) -> Iterator[list[int]]:
    ids = sorted(article_ids)
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _lock(ids: list[int]) -> QuerySet[Article]:
    """The articles by ascending id, locked until the transaction ends."""
    rows = Article.objects.select_for_update().defer("body")
    return rows.filter(pk__in=ids).order_by("pk")


def _edit(article: Article, changes: Changes) -> _Former:
    former = _Former()
    for name, column in _COLUMNS.items():
        wanted, own = getattr(changes, name), getattr(article, column)
        if wanted is not None and wanted != own:
            former.columns[column] = {"before": own, "after": wanted}
    if "status" in former.columns and article.withdrawn_reason != changes.reason:
        reason = {"before": article.withdrawn_reason, "after": changes.reason}
        former.columns["withdrawn_reason"] = reason
    _set_columns(
        article, {name: each["after"] for name, each in former.columns.items()}
    )
    _relate(article, "topics", changes.add_topics, changes.remove_topics, former)
    _relate(article, "actors", changes.add_actors, changes.remove_actors, former)
    return former


def _relate(
    article: Article,
    name: str,
    added: tuple[int, ...],
    removed: tuple[int, ...],
    former: _Former,
) -> None:
    if not added and not removed:
        return
    rows = getattr(article, name)
    own = set(rows.order_by().values_list("pk", flat=True))
    if got := [pk for pk in added if pk not in own]:
        rows.add(*got)
        former.got[name] = got
    if lost := [pk for pk in removed if pk in own and pk not in added]:
        roles = dict(article.actor_links.values_list("actor_id", "role"))
        former.lost[name] = [
            [pk, roles.get(pk, "") if name == "actors" else ""] for pk in lost
        ]
        rows.remove(*lost)


def _put_back(article: Article, former: Mapping[str, Any]) -> None:
    values = {
        name: each["before"]
        for name, each in former["columns"].items()
        if getattr(article, name) == each["after"]
    }
    if (
        "source_id" in values
        and not Source.objects.filter(pk=values["source_id"]).exists()
    ):
        del values["source_id"]
    _set_columns(article, values)
    for name, got in former["got"].items():
        getattr(article, name).remove(*got)
    models = {"topics": Topic, "actors": Actor}
    for name, lost in former["lost"].items():
        there = set(
            models[name]
            ._default_manager.filter(pk__in=[pk for pk, _ in lost])
            .values_list("pk", flat=True)
        )
        for pk, role in lost:
            if pk in there:
                defaults = {"role": role} if name == "actors" else None
                getattr(article, name).add(pk, through_defaults=defaults)


def _set_columns(article: Article, values: Mapping[str, Any]) -> None:
    """Set columns without reading or writing the text."""
    if values:
        Article.objects.filter(pk=article.pk).update(**values)
        for name, value in values.items():
            setattr(article, name, value)


def _edited_names(former: _Former) -> set[str]:
    columns = {name.removesuffix("_id") for name in former.columns}
    return columns | set(former.got) | set(former.lost)


def _tell(before: Mapping[str, Any]) -> None:
    articles_written.send(sender=Article, article_ids=sorted(map(int, before)))
