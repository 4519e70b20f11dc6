"""The admin site: its name, the way to its other language, and telling choices apart.

It stands outside ``archive.admin`` because Django makes the site before it
imports the package that registers on it.
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

# For each language of the admin, the one it links to, as its speakers call it.
OTHER_LANGUAGES = {"ar": ("en", "English"), "en": ("ar", "العربية")}


@runtime_checkable
class AutocompleteAdmin(Protocol):
    """What a model's admin offers to the lists of choices that pop up in forms."""

    def choice_label(self, choice: Any) -> str:
        """The choice's name with what tells it from its namesakes."""
        ...

    def order_choices(
        self, choices: "QuerySet[Any]", search_term: str
    ) -> "QuerySet[Any]":
        """The choices with the likeliest first."""
        ...


class ChoicesView(AutocompleteJsonView):
    """Choices for a form's field: the likeliest first, each with what it is."""

    term: str
    model_admin: Any

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        """What is asked for; only sources, topics and actors are ever chosen so."""
        asked: tuple[Any, ...] = super().process_request(request)
        if not isinstance(asked[1], AutocompleteAdmin):
            raise PermissionDenied
        return asked

    def get_queryset(self) -> "QuerySet[Any]":
        catalogue: AutocompleteAdmin = self.model_admin
        return catalogue.order_choices(super().get_queryset(), self.term)

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        catalogue: AutocompleteAdmin = self.model_admin
        return {
            "id": str(getattr(obj, to_field_name)),
            "text": catalogue.choice_label(obj),
        }


class SijillAdminSite(AdminSite):
    """The desk where editors keep the archive, in Arabic and in English."""

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
