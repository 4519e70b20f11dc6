"""The admin site: its name, the link to its other language, and its autocomplete view.

It is outside ``archive.admin`` because Django creates the site before it imports the
package that registers models on it.
"""

from typing import Any, Protocol, runtime_checkable

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# For each language of the admin: code and own name of the language it links to.
OTHER_LANGUAGES = {"ar": ("en", "English"), "en": ("ar", "العربية")}


@runtime_checkable
class AutocompleteAdmin(Protocol):
    """A model's admin whose rows can be chosen in an autocomplete field."""

    def choice_label(self, choice: Any) -> str:
        """The name of the row, with details that distinguish it from namesakes."""
        ...

    def order_choices(
        self, choices: "QuerySet[Any]", search_term: str
    ) -> "QuerySet[Any]":
        """The rows, best match of *search_term* first."""
        ...


class ChoicesView(AutocompleteJsonView):
    """The JSON that autocomplete fields load: best match first, with full labels."""

    term: str
    model_admin: Any

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        """Term, model admin, source field and target field of the request.

        Raises PermissionDenied for models other than sources, topics and actors.
        """
        parameters: tuple[Any, ...] = super().process_request(request)
        if not isinstance(parameters[1], AutocompleteAdmin):
            raise PermissionDenied
        return parameters

    def get_queryset(self) -> "QuerySet[Any]":
        model_admin: AutocompleteAdmin = self.model_admin
        return model_admin.order_choices(super().get_queryset(), self.term)

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        model_admin: AutocompleteAdmin = self.model_admin
        return {
            "id": str(getattr(obj, to_field_name)),
            "text": model_admin.choice_label(obj),
        }


class SijillAdminSite(AdminSite):
    """The admin in Arabic and in English, headed by the name of the installation."""

    index_title = _("The archive's desk")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        language = (get_language() or "ar")[:2]
        code, name = OTHER_LANGUAGES[language]
        site_name = getattr(settings, f"SITE_NAME_{language.upper()}")
        return {
            **super().each_context(request),
            "site_header": site_name,
            "site_title": site_name,
            "other_language_code": code,
            "other_language_name": name,
            "other_language_url": translate_url(request.get_full_path(), code),
        }

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ChoicesView.as_view(admin_site=self)(request)
