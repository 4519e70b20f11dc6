"""What a deletion takes along, as people are told of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import capfirst

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin


class PlainDeletion(AnyModelAdmin):
    """Mixin: keys, sketches and the like, which nobody edits, are not listed."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        deleted, counts, perms_needed, protected = super().get_deleted_objects(
            objs, request
        )
        hidden = self._list_hidden()
        kept = {
            name: count
            for name, count in counts.items()
            if str(name) not in {str(each.verbose_name_plural) for each in hidden}
        }
        prefixes = tuple(f"{capfirst(each.verbose_name)}: " for each in hidden)
        return _drop(deleted, prefixes), kept, perms_needed, protected

    def _list_hidden(self) -> list[Any]:
        """The options of models that are in no form and no list of the admin."""
        edited = {inline.model for inline in self.inlines}
        return [
            model._meta
            for model in apps.get_app_config("archive").get_models(
                include_auto_created=True
            )
            if model not in edited and not self.admin_site.is_registered(model)
        ]


def _drop(entries: Iterable[Any], prefixes: tuple[str, ...]) -> list[Any]:
    """The nested list without what begins so, and without lists left empty."""
    kept: list[Any] = []
    for entry in entries:
        if isinstance(entry, list):
            if inner := _drop(entry, prefixes):
                kept.append(inner)
        elif not str(entry).startswith(prefixes):
            kept.append(entry)
    return kept
