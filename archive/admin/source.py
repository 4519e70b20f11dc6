"""The admin of sources."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from archive.admin.forms.fields import AddressField, NameField
from archive.admin.forms.widgets import AddressInput, AutoDirectionInput
from archive.admin.named import NamedAdmin, NamedForm
from archive.models import Source
from archive.templatetags.display import isolate


class SourceForm(NamedForm):
    """The form of a source."""

    class Meta(NamedForm.Meta):
        model = Source
        fields = ["name_ar", "name_latin", "kind", "place", "home_page", "slug"]
        field_classes: dict[str, Any] = {
            **NamedForm.Meta.field_classes,
            "place": NameField,
            "home_page": AddressField,
        }
        widgets: dict[str, Any] = {
            **NamedForm.Meta.widgets,
            "place": AutoDirectionInput,
            "home_page": AddressInput,
        }


@admin.register(Source)
class SourceAdmin(NamedAdmin):
    """Sources, with the number of articles of each."""

    form = SourceForm
    article_field = "source"
    list_display = ["name", "latin", "kind", "place", "article_count", "site_page"]
    list_filter = ["kind"]
    fieldsets = [
        (None, {"fields": ["name_ar", "name_latin", "kind", "place"]}),
        (_("On the web"), {"fields": ["home_page", "slug"]}),
    ]

    def choice_label(self, choice: Any) -> str:
        return " · ".join(filter(None, (isolate(str(choice)), choice.place)))
