"""What people have edited in the authority files, where their word counts most."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import models

from archive.models.named import NAME_LENGTH, Named

# The field of names that a person has taken from an actor.
ALIASES: Final = "aliases"


class EditedName(models.Model):
    """A field of an actor, source or topic that a person has edited.

    ``kind`` is the name of the model, ``row`` the id, which no other row will get;
    ``value`` is the alias that was taken away, where ``field`` is that of aliases.
    """

    kind = models.CharField(max_length=10)
    row = models.BigIntegerField()
    field = models.CharField(max_length=30)
    value = models.CharField(max_length=NAME_LENGTH, blank=True, default="")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "row", "field", "value"],
                name="archive_edited_name_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}: {self.field}"


def mark_name_edited(row: Named, fields: Iterable[str], user: Any = None) -> None:
    """Remember that a person has edited these fields of an authority record."""
    _mark(row, [(field, "") for field in fields], user)


def mark_aliases_removed(row: Named, names: Iterable[str], user: Any = None) -> None:
    """Remember that a person has taken these names from an actor."""
    _mark(row, [(ALIASES, name) for name in names], user)


def forget_removed_aliases(row: Named, names: Iterable[str]) -> None:
    """Forget that names were taken away, since a person has given them again."""
    removed = EditedName.objects.filter(kind=_kind_of(type(row)), row=row.pk)
    removed.filter(field=ALIASES, value__in=list(names)).delete()


@dataclass(frozen=True, slots=True)
class NameEdits:
    """What people have edited, by id of the row: fields, and aliases taken away."""

    fields: Mapping[int, frozenset[str]]
    removed: Mapping[int, frozenset[str]]


def read_name_edits(model: type[Named]) -> NameEdits:
    """What people have edited of all rows of the model, in one query."""
    fields: dict[int, set[str]] = {}
    removed: dict[int, set[str]] = {}
    edits = EditedName.objects.filter(kind=_kind_of(model))
    for row, field, value in edits.values_list("row", "field", "value"):
        if value:
            removed.setdefault(row, set()).add(value)
        else:
            fields.setdefault(row, set()).add(field)
    return NameEdits(_freeze(fields), _freeze(removed))


def _kind_of(model: type[Named]) -> str:
    return str(model._meta.model_name)


def _mark(row: Named, pairs: Iterable[tuple[str, str]], user: Any) -> None:
    editor = user if user is not None and user.pk else None
    EditedName.objects.bulk_create(
        [
            EditedName(
                kind=_kind_of(type(row)),
                row=row.pk,
                field=field,
                value=value,
                edited_by=editor,
            )
            for field, value in sorted(set(pairs))
        ],
        ignore_conflicts=True,
    )


def _freeze(sets: Mapping[int, set[str]]) -> dict[int, frozenset[str]]:
    return {row: frozenset(values) for row, values in sets.items()}
