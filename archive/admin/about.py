"""The admin of the archive's description: one form, no list."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.admin.forms.fields import NameField
from archive.admin.forms.widgets import (
    ArabicInput,
    AutoDirectionTextarea,
    LatinInput,
)
from archive.models import ArchiveDescription

if TYPE_CHECKING:
    DescriptionModelAdmin = admin.ModelAdmin[ArchiveDescription]
    DescriptionModelForm = forms.ModelForm[ArchiveDescription]
else:
    DescriptionModelAdmin = admin.ModelAdmin
    DescriptionModelForm = forms.ModelForm


class DescriptionForm(DescriptionModelForm):
    """The form of the archive's description."""

    class Meta:
        model = ArchiveDescription
        fields = [
            "name_ar", "name_en", "about_ar", "about_en", "rights_ar", "rights_en",
            "contact",
        ]  # fmt: skip
        field_classes = {"name_ar": NameField, "name_en": NameField}
        widgets = {
            "name_ar": ArabicInput,
            "name_en": LatinInput,
            "about_ar": AutoDirectionTextarea,
            "about_en": AutoDirectionTextarea,
            "rights_ar": AutoDirectionTextarea,
            "rights_en": AutoDirectionTextarea,
            "contact": LatinInput,
        }


@admin.register(ArchiveDescription)
class DescriptionAdmin(DescriptionModelAdmin):
    """The one row: its list leads to its form, which nothing is added to or deleted."""

    form = DescriptionForm
    fieldsets = [
        (_("Name"), {"fields": ["name_ar", "name_en"]}),
        (_("About the archive"), {"fields": ["about_ar", "about_en"]}),
        (_("Rights"), {"fields": ["rights_ar", "rights_en"]}),
        (_("Contact"), {"fields": ["contact"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> ArchiveDescription:
        """The row, which is stored by its first saving."""
        return ArchiveDescription.load()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        only = ArchiveDescription.load().pk
        return redirect("admin:archive_archivedescription_change", only)

    def view_on_site(self, obj: ArchiveDescription) -> str:
        return reverse("archive:about")
