"""Two versions of a record's fields and inline rows: what is typed, what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst

from archive.admin.forms import sent

# Characters shown of a difference, and of what is the same before and after it.
_LONGEST_DIFFERENCE: Final = 2_000
_LONGEST_CONTEXT: Final = 60
_ELLIPSIS: Final = "…"


class Part(Protocol):
    """A part of a form that is kept or replaced as a whole: a field, or all rows."""

    name: str
    label: str

    def hash_stored(self) -> str:
        """The hash of what the database has."""
        ...

    def hash_typed(self, data: QueryDict) -> str:
        """The hash of what was sent."""
        ...

    def describe_stored(self) -> str:
        """What the database has, for people."""
        ...

    def describe_typed(self, data: QueryDict) -> str:
        """What was sent, for people."""
        ...

    def keep_typed(self, data: QueryDict) -> None:
        """Let *data* refer to the rows that the database has now."""
        ...

    def take_stored(self, data: QueryDict) -> None:
        """Put what the database has into *data*."""
        ...


class FieldPart:
    """A field of an unbound form."""

    def __init__(self, bound: forms.BoundField) -> None:
        self.name = bound.html_name
        self.label = str(bound.label)
        self._field = bound.field
        self._stored = sent.send_field(bound)

    def _typed(self, data: QueryDict) -> sent.Sent:
        return sent.read_field(data, self.name, self._stored)

    def hash_stored(self) -> str:
        return sent.hash_sent(sent.clean_sent(self._stored))

    def hash_typed(self, data: QueryDict) -> str:
        return sent.hash_sent(sent.clean_sent(self._typed(data)))

    def describe_stored(self) -> str:
        return "\n".join(_describe(self._field, self._stored))

    def describe_typed(self, data: QueryDict) -> str:
        return "\n".join(_describe(self._field, self._typed(data)))

    def keep_typed(self, data: QueryDict) -> None:
        pass

    def take_stored(self, data: QueryDict) -> None:
        sent.write_field(data, self.name, self._stored)


class RowsPart:
    """All rows of an unbound inline."""

    def __init__(self, formset: Any) -> None:
        self.name = str(formset.prefix)
        self.label = str(capfirst(formset.model._meta.verbose_name_plural))
        self._formset = formset
        self._stored = sent.send_rows(formset)

    def hash_stored(self) -> str:
        return sent.hash_sent(sent.clean_rows(self._stored))

    def hash_typed(self, data: QueryDict) -> str:
        return sent.hash_sent(sent.clean_rows(sent.read_rows(data, self._formset)))

    def describe_stored(self) -> str:
        return self._describe(self._stored)

    def describe_typed(self, data: QueryDict) -> str:
        return self._describe(sent.read_rows(data, self._formset))

    def keep_typed(self, data: QueryDict) -> None:
        sent.write_rows(data, self._formset, sent.read_rows(data, self._formset))

    def take_stored(self, data: QueryDict) -> None:
        sent.write_rows(data, self._formset, self._stored)

    def _describe(self, rows: Iterable[sent.Row]) -> str:
        fields = self._formset.empty_form.fields
        return "\n".join(
            " · ".join(
                text
                for name, values in row.values.items()
                for text in _describe(fields[name], values)
            )
            for row in rows
            if not row.is_deleted
        )


def list_parts(form: Any, formsets: Iterable[Any]) -> Iterator[Part]:
    """The parts of an unbound form and its inlines, in their order."""
    for bound in form:
        yield FieldPart(bound)
    for formset in formsets:
        yield RowsPart(formset)


def _describe(field: Any, values: sent.Sent) -> list[str]:
    """The values, choices by their labels."""
    texts = [text for name in values for text in values[name] if text.strip()]
    if isinstance(field, forms.ModelChoiceField):
        rows: Any = field.queryset
        numbers = [text for text in texts if text.isascii() and text.isdigit()]
        chosen = {str(row.pk): row for row in rows.filter(pk__in=numbers)}
        texts = [text for text in texts if text in chosen]
        return [str(field.label_from_instance(chosen[text])) for text in texts]
    if isinstance(field, forms.ChoiceField):
        labels = {str(value): str(label) for value, label in field.choices}  # type: ignore[union-attr, misc]
        return [labels.get(text, text) for text in texts]
    whole = " ".join(texts) if len(values) > 1 else "".join(texts)
    return [whole.replace("\r\n", "\n")] if whole else []


@dataclass(frozen=True, slots=True)
class Shown:
    """A version of a text: what differs, between what both have."""

    before: str
    changed: str
    after: str


def show_difference(one: str, other: str) -> tuple[Shown, Shown]:
    """Where two texts differ, in whole words, long texts shortened.

    >>> mine, theirs = show_difference("وفاة أمير الشعراء", "وفاة شاعر الشعراء")
    >>> mine.before, mine.changed, theirs.changed, theirs.after
    ('وفاة ', 'أمير', 'شاعر', ' الشعراء')
    """
    start = _count_same(one, other)
    rest = one[start:], other[start:]
    end = _count_same(rest[0][::-1], rest[1][::-1])
    return _show(one, start, end), _show(other, start, end)


def _count_same(one: str, other: str) -> int:
    """How many characters both begin with, as far as whole words go."""
    pairs = zip(one, other, strict=False)
    same = next((n for n, (a, b) in enumerate(pairs) if a != b), None)
    if same is None:
        same = min(len(one), len(other))
        if len(one) == len(other):
            return same
    while same and not one[same - 1].isspace():
        same -= 1
    return same


def _show(text: str, start: int, end: int) -> Shown:
    before, after = text[:start], text[len(text) - end :]
    changed = text[start : len(text) - end]
    # The space before the words that follow belongs to neither version.
    trailing = len(changed) - len(changed.rstrip()) if end else 0
    if trailing:
        after = changed[-trailing:] + after
        changed = changed[:-trailing]
    if len(before) > _LONGEST_CONTEXT:
        before = _ELLIPSIS + before[-_LONGEST_CONTEXT:]
    if len(after) > _LONGEST_CONTEXT:
        after = after[:_LONGEST_CONTEXT] + _ELLIPSIS
    if len(changed) > _LONGEST_DIFFERENCE:
        changed = changed[:_LONGEST_DIFFERENCE] + _ELLIPSIS
    return Shown(before, changed, after)
