"""Inputs in the cells of a table, where the heading of the column is no label."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import capfirst

if TYPE_CHECKING:
    AnyForm = forms.ModelForm[Any]
    AnyFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    AnyForm = forms.ModelForm
    AnyFormSet = forms.BaseInlineFormSet


class LabelledRows(AnyFormSet):
    """The rows of a tabular inline, whose boxes for deletion say what they are."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if box := form.fields.get(DELETION_FIELD_NAME):
            box.widget.attrs["aria-label"] = str(capfirst(box.label))


class LabelledCells(AnyForm):
    """Mixin for the form of a tabular inline: each input says what it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget: Any = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(capfirst(field.label)))
