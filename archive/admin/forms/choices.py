"""Chosen rows in a form, described as the list they were chosen from describes them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field, QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:
    AnyModelAdmin = BaseModelAdmin[Any]
else:
    AnyModelAdmin = BaseModelAdmin


def describe_choices(field: "forms.ModelChoiceField[Any]", site: AdminSite) -> None:
    """Let *field* show its chosen rows by the `choice_label` of their admin."""
    rows: QuerySet[Any] | None = field.queryset
    if rows is None:
        raise TypeError(f"{field!r} has no rows to choose from.")
    model_admin: Any = site.get_model_admin(rows.model)
    field.queryset = rows.select_related(*model_admin.choice_related)
    # The hook is a method: giving the field its own spares a class for each model.
    field.label_from_instance = model_admin.choice_label  # type: ignore[method-assign]


class DescribedChoices(AnyModelAdmin):
    """Mixin for an admin whose `autocomplete_fields` are to be so described."""

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        chosen_by_typing = db_field.name in self.get_autocomplete_fields(request)
        if chosen_by_typing and isinstance(field, forms.ModelChoiceField):
            describe_choices(field, self.admin_site)
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                # Deleting a source from within an article's form is no slip to allow.
                field.widget.can_delete_related = False
        return field
