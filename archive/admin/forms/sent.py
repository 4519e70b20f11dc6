"""What a browser sends of a form: values as text, to be compared and put in again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.forms.formsets import (
    DELETION_FIELD_NAME,
    INITIAL_FORM_COUNT,
    TOTAL_FORM_COUNT,
)
from django.http import QueryDict

# Values by the name of their input; an input without any sends nothing.
Sent = dict[str, list[str]]

_HASH_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an inline: its primary key, ``""`` for a new one, and its values.

    The values are by field and then by what follows the field's name in its inputs.
    """

    pk: str
    values: dict[str, Sent] = field(default_factory=dict)
    is_deleted: bool = False


def hash_sent(values: object) -> str:
    """A short hash of values as JSON."""
    written = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:_HASH_LENGTH]


def clean_sent(sent: Mapping[str, Iterable[str]]) -> Sent:
    r"""The values as they compare: line ends, outer space and order do not count.

    >>> clean_sent({"": ["ألف\r\nباء "], "_1": [""]})
    {'': ['ألف\nباء']}
    """
    cleaned = {
        name: sorted(
            text for value in values if (text := value.replace("\r\n", "\n").strip())
        )
        for name, values in sent.items()
    }
    return {name: values for name, values in cleaned.items() if values}


def send_field(bound: forms.BoundField) -> Sent:
    """What a field of an unbound form sends, by the suffix of each of its inputs."""
    widget: Any = getattr(bound.field.widget, "widget", bound.field.widget)
    value = bound.value()
    if isinstance(widget, forms.MultiWidget):
        several: Any = widget
        values = several.decompress(value)
        parts = zip(several.widgets_names, several.widgets, values, strict=True)
        return {suffix: _format(part, value) for suffix, part, value in parts}
    return {"": _format(widget, value)}


def _format(widget: forms.Widget, value: Any) -> list[str]:
    written = widget.format_value(value)
    if isinstance(written, list | tuple):
        return [str(one) for one in written]
    return [] if written is None else [str(written)]


def read_field(data: QueryDict, name: str, suffixes: Iterable[str]) -> Sent:
    """What *data* has of the inputs of the field *name*."""
    return {suffix: data.getlist(name + suffix) for suffix in suffixes}


def write_field(data: QueryDict, name: str, sent: Sent) -> None:
    """Put the values into *data*, in place of those that are there."""
    for suffix, values in sent.items():
        data.setlist(name + suffix, values)


def send_rows(formset: Any) -> list[Row]:
    """The rows of the database that an unbound inline shows."""
    return [
        Row(str(form.instance.pk), {n: send_field(form[n]) for n in _columns(formset)})
        for form in formset.initial_forms
    ]


def read_rows(data: QueryDict, formset: Any) -> list[Row]:
    """The rows that *data* has for an inline, without those that were left empty."""
    prefix, columns = formset.prefix, _columns(formset)
    form = formset.empty_form
    empty = {name: send_field(form[name]) for name in columns}
    rows: list[Row] = []
    for number in range(count_rows(data, formset)):
        start = f"{prefix}-{number}-"
        values = {n: read_field(data, start + n, empty[n]) for n in columns}
        pk = data.get(f"{start}{formset.model._meta.pk.name}", "")
        is_empty = all(clean_sent(values[n]) == clean_sent(empty[n]) for n in columns)
        if pk or not is_empty:
            rows.append(Row(pk, values, f"{start}{DELETION_FIELD_NAME}" in data))
    return rows


def write_rows(data: QueryDict, formset: Any, rows: list[Row]) -> None:
    """Put *rows* into *data* as what is sent of an inline that shows its rows now.

    Rows of the database that are not among them are deleted, those that are gone from
    it are added again.
    """
    prefix, own = formset.prefix, {row.pk: row for row in rows if row.pk}
    current = send_rows(formset)
    there = {row.pk for row in current}
    whole = [
        own.get(row.pk, Row(row.pk, row.values, is_deleted=True)) for row in current
    ]
    whole += [
        Row("", row.values)
        for row in rows
        if row.pk not in there and not row.is_deleted
    ]
    for name in [name for name in data if name.startswith(f"{prefix}-")]:
        del data[name]
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(whole))
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(current))
    for number, row in enumerate(whole):
        start = f"{prefix}-{number}-"
        data[f"{start}{formset.model._meta.pk.name}"] = row.pk
        data[f"{start}{formset.fk.name}"] = str(formset.instance.pk)
        if row.is_deleted:
            data[f"{start}{DELETION_FIELD_NAME}"] = "on"
        for name, sent in row.values.items():
            write_field(data, start + name, sent)


def clean_rows(rows: Iterable[Row]) -> list[list[Sent]]:
    """The rows as they compare: which rows of the database they are does not count."""
    cleaned = [
        [clean_sent(sent) for sent in row.values.values()]
        for row in rows
        if not row.is_deleted
    ]
    return sorted(cleaned, key=repr)


def _columns(formset: Any) -> list[str]:
    technical = {formset.model._meta.pk.name, formset.fk.name, DELETION_FIELD_NAME}
    return [name for name in formset.empty_form.fields if name not in technical]


def count_rows(data: QueryDict, formset: Any) -> int:
    """How many rows *data* says that it has for an inline, as far as Django goes."""
    written = data.get(f"{formset.prefix}-{TOTAL_FORM_COUNT}", "")
    number = int(written) if written.isascii() and written.isdigit() else 0
    return min(number, int(formset.absolute_max))
