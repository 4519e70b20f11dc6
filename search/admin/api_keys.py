"""Keys for programs: issued, renamed and revoked."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.templatetags.display import number
from search import api_keys
from search.models import ApiKey

if TYPE_CHECKING:
    ApiKeyModelAdmin = admin.ModelAdmin[ApiKey]
else:
    ApiKeyModelAdmin = admin.ModelAdmin


@admin.register(ApiKey)
class ApiKeyAdmin(ApiKeyModelAdmin):
    """Keys are issued, renamed and revoked; a key itself is shown once."""

    list_display = ("name", "beginning", "created_at", "created_by", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    search_fields = ("name", "beginning")
    fields = ("name",)
    actions = ("revoke",)
    # Set by `save_model` for the answer to the same request.
    _ISSUED = "issued_api_key"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.list_display if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.list_display[1:]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes a key: a revoked one tells who had access."""
        return False

    def save_model(
        self, request: HttpRequest, obj: ApiKey, form: Any, change: bool
    ) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        # Whoever enters the admin is an account.
        by = request.user if request.user.is_authenticated else None
        row, key = api_keys.issue(obj.name, by)
        obj.pk, obj.beginning = row.pk, row.beginning
        setattr(request, self._ISSUED, key)

    def response_add(
        self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The page that shows the key, once."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The key, shown this once"),
            "opts": self.opts,
            "key": getattr(request, self._ISSUED),
            "row": obj,
        }
        return render(request, "admin/search/apikey/issued.html", context)

    @admin.action(description=_("Revoke the selected keys"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: "QuerySet[ApiKey]") -> None:
        """Revoke the keys: the next request with one of them is refused."""
        count = api_keys.revoke(queryset)
        sentence = ngettext(
            "%(shown)s key was revoked.", "%(shown)s keys were revoked.", count
        )
        shown = {"shown": number(count)}
        self.message_user(request, sentence % shown, messages.SUCCESS)
