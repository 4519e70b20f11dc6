"""Labels of chosen rows in a form, the same as in the autocomplete list."""

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
    """Label the chosen rows of *field* by `choice_label` of their model's admin."""
    rows: QuerySet[Any] | None = field.queryset
    if rows is None:
        raise TypeError(f"{field!r} has no rows to choose from.")
    model_admin: Any = site.get_model_admin(rows.model)
    field.queryset = rows.select_related(*model_admin.choice_related)
    # Replaces a method of the instance, which saves a subclass for each model.
    field.label_from_instance = model_admin.choice_label  # type: ignore[method-assign]


class DescribedChoices(AnyModelAdmin):
    """Mixin for an admin: `describe_choices` for its `autocomplete_fields`."""

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        is_autocomplete = db_field.name in self.get_autocomplete_fields(request)
        if is_autocomplete and isinstance(field, forms.ModelChoiceField):
            describe_choices(field, self.admin_site)
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                # Nobody should delete a source from an article's form by mistake.
                field.widget.can_delete_related = False
        return field
