"""The admin site: its name, the link to its other language, and its autocomplete view.

It is outside ``archive.admin`` because Django creates the site before it imports the
package that registers models on it.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Protocol, runtime_checkable

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

# Views of a model's admin that show its form.
_FORM_VIEWS = ("add_view", "change_view")
# Inputs of a form that belong to the page they are sent from.
OF_THE_PAGE = ("csrfmiddlewaretoken", "_save", "_addanother", "_continue")
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


@runtime_checkable
class TypedKeeper(Protocol):
    """A model's admin that shows what was typed into a form that cannot be saved."""

    admin_site: AdminSite

    def show_signed_out(
        self, request: HttpRequest, object_id: str | None = None
    ) -> HttpResponseBase:
        """The answer to a form that was sent after its session had ended."""
        ...

    def show_expired(
        self, request: HttpRequest, object_id: str | None = None
    ) -> HttpResponseBase:
        """The answer to a form that was opened before its editor signed in anew."""
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

    index_title = _("Editors' desk")

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

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[Any]:
        """The models by application; those of the lock-out stand with the accounts."""
        applications: list[Any] = super().get_app_list(request, app_label)
        labels = {one["app_label"]: one for one in applications}
        accounts, lockout = labels.get("auth"), labels.get("axes")
        if accounts and lockout:
            accounts["models"] += lockout["models"]
            applications.remove(lockout)
        return applications

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Django's check; what was typed into a form is not lost by it."""
        checked = super().admin_view(view, cacheable)
        keeper = getattr(view, "__self__", None)
        if not isinstance(keeper, TypedKeeper) or view.__name__ not in _FORM_VIEWS:
            return checked

        @csrf_protect
        @never_cache
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if has_typed(request) and not self.has_permission(request):
                return keeper.show_signed_out(request, **kwargs)
            return checked(request, *args, **kwargs)

        return update_wrapper(answer, view)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ChoicesView.as_view(admin_site=self)(request)


def has_typed(request: HttpRequest) -> bool:
    """Whether the request has sent a form, not just a token."""
    return request.method == "POST" and any(
        str(value).strip()
        for name, values in request.POST.lists()
        if name not in OF_THE_PAGE
        for value in values
    )
