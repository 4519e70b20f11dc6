"""Forms that notice that others have changed the record since they were opened.

A form carries a hash of the record and one of each of its parts. Where the record is
another when it is sent, it comes back with both versions of what differs, and the
editor chooses. The hashes are compared again in the transaction that saves.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from archive.admin.forms.differences import (
    Part,
    Shown,
    list_parts,
    show_difference,
)
from archive.admin.short_transactions import ShortTransactions
from archive.admin.unsaved import UnsavedNotice

# Inputs of the form beside those of the record.
VERSION: Final = "_version"
COMPARED: Final = "_compared"
KEPT: Final = "_keep-"
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Version:
    """The hashes of a record: of its state, and of each part of its form."""

    state: str
    parts: dict[str, str]

    @classmethod
    def read(cls, text: str) -> Version | None:
        """The version that a form was opened with; ``None`` where it says none."""
        try:
            state, parts = json.loads(text)
            return cls(str(state), dict(parts))
        except (ValueError, TypeError):
            return None

    @classmethod
    def of(cls, state: str, parts: Iterable[Part]) -> Version:
        """The version of a record that is as *parts* have it."""
        return cls(state, {part.name: part.hash_stored() for part in parts})

    def write(self) -> str:
        """The text that `read` understands."""
        return json.dumps([self.state, self.parts])


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of which the editor has another version than the database."""

    part: Part
    mine: Shown
    theirs: Shown
    # MINE, THEIRS, or "" where both have changed it and nobody has chosen.
    choice: str

    @property
    def name(self) -> str:
        return self.part.name

    @property
    def label(self) -> str:
        return self.part.label

    @property
    def input_name(self) -> str:
        """The name of the inputs that choose."""
        return KEPT + self.part.name


@dataclass(slots=True)
class Comparison:
    """A form that was sent, beside the record as it is now.

    ``data`` is what to save. ``is_open`` says that the editor has yet to choose.
    """

    version: Version
    data: QueryDict
    differences: list[Difference] = field(default_factory=list)
    is_open: bool = False


def compare(
    posted: QueryDict, opened: Version, now: Version, parts: Iterable[Part]
) -> Comparison:
    """What *posted*, opened at the version *opened*, means for the record of *now*."""
    comparison = Comparison(now, posted.copy())
    compared = posted.getlist(COMPARED)
    for part in parts:
        has_changed = opened.parts.get(part.name) != now.parts[part.name]
        if not has_changed and part.name not in compared:
            continue
        typed = part.hash_typed(posted)
        part.keep_typed(comparison.data)
        if typed == now.parts[part.name]:
            continue
        choice = posted.get(KEPT + part.name, "")
        if choice not in (MINE, THEIRS):
            comparison.is_open = True
            # Who has not touched the part means the version of who has.
            choice = THEIRS if typed == opened.parts.get(part.name) else ""
        comparison.is_open |= has_changed
        shown = show_difference(part.describe_typed(posted), part.describe_stored())
        comparison.differences.append(Difference(part, *shown, choice))
    if not comparison.is_open:
        for difference in comparison.differences:
            if difference.choice == THEIRS:
                difference.part.take_stored(comparison.data)
    return comparison


class ConflictNotice(UnsavedNotice, ShortTransactions):
    """Mixin, to stand first: no form overwrites what its editor has not seen."""

    def _changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
    ) -> Any:
        posted = request.POST
        comparison = self._compare(request, object_id)
        self.set_note(comparison)
        if comparison:
            request.POST = comparison.data  # type: ignore[assignment]
        try:
            return super()._changeform_view(request, object_id, form_url, extra_context)
        finally:
            # The request may be begun anew.
            request.POST = posted

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        comparison = self.get_note()
        if isinstance(comparison, Comparison) and comparison.is_open:
            return type(form.__name__, (_Refused, form), {})
        return form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        if change and self.has_change_permission(request, obj):
            context.update(self._describe_version(request, context))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _describe_version(
        self, request: HttpRequest, context: dict[str, Any]
    ) -> dict[str, Any]:
        """The version that the form is of, and the differences that it shows."""
        comparison = self.get_note()
        if isinstance(comparison, Comparison) and comparison.is_open:
            return {
                "version": comparison.version.write(),
                "differences": comparison.differences,
            }
        if VERSION in request.POST:
            return {"version": request.POST[VERSION]}
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if form.is_bound:
            return {}
        parts = list_parts(form, formsets)
        return {"version": Version.of(self.state_as_read(), parts).write()}

    def _compare(
        self, request: HttpRequest, object_id: str | None
    ) -> Comparison | None:
        """The comparison of a form whose record has changed, or was compared before."""
        opened = Version.read(request.POST.get(VERSION, ""))
        if opened is None or object_id is None:
            return None
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_change_permission(request, record):
            return None
        state = self.state_as_read()
        if state == opened.state and COMPARED not in request.POST:
            return None
        parts = self._list_parts(request, record)
        return compare(request.POST, opened, Version.of(state, parts), parts)

    def _list_parts(self, request: HttpRequest, record: Any) -> list[Part]:
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        form = self.get_form(request, record, change=True, fields=fields)
        formsets = [
            formset(
                instance=record,
                prefix=formset.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            for formset, inline in self.get_formsets_with_inlines(request, record)
        ]
        return list(list_parts(form(instance=record), formsets))


class _Refused:
    """Mixin for a form that is shown again, whatever it holds."""

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]
        sentence = _(
            "Nothing has been saved yet: the record has changed since this form was"
            " opened. Choose which version of each field to keep, then save."
        )
        self.add_error(None, sentence)  # type: ignore[attr-defined]
