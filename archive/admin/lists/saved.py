"""Filters of the list of articles under a name, for the account that saved them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from archive.models import Article, SavedFilter
from archive.names.clean import clean_name
from archive.templatetags.display import isolate

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
else:
    ArticleModelAdmin = admin.ModelAdmin

# Inputs of the forms on the list.
NAME, QUERY = "name", "query"
_LONGEST_NAME: Final = 100
_LONGEST_QUERY: Final = 2000


class SavedFilters(ArticleModelAdmin):
    """Mixin for the admin of articles: saves, lists and removes filters."""

    def get_urls(self) -> list[Any]:
        checked = self.admin_site.admin_view
        own = [
            path(
                "filters/save/",
                checked(require_POST(self.save_filter_view)),
                name="archive_article_save_filter",
            ),
            path(
                "filters/<int:pk>/remove/",
                checked(require_POST(self.remove_filter_view)),
                name="archive_article_remove_filter",
            ),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list with the account's filters, and the form that saves this one."""
        query = _filters_of(request.GET)
        context = {
            "saved_filters": [
                (saved, saved.query == query)
                for saved in SavedFilter.objects.filter(user=request.user.pk)
            ],
            "filter_query": query,
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def save_filter_view(self, request: HttpRequest) -> HttpResponse:
        """Save the filter under its name; one of that name is replaced."""
        name = clean_name(request.POST.get(NAME, ""))[:_LONGEST_NAME]
        query = _filters_of(QueryDict(request.POST.get(QUERY, "")))
        if not name or not query or len(query) > _LONGEST_QUERY:
            messages.error(request, gettext("Choose a filter, and give it a name."))
        else:
            own = SavedFilter.objects.filter(user=request.user.pk, name=name)
            if not own.update(query=query):
                owner: Any = request.user
                SavedFilter.objects.create(user=owner, name=name, query=query)
            sentence = gettext("The filter “%(name)s” was saved.")
            messages.success(request, sentence % {"name": isolate(name)})
        return HttpResponseRedirect(self._list_address(query))

    def remove_filter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove a filter of the account; the articles stay as they are."""
        SavedFilter.objects.filter(pk=pk, user=request.user.pk).delete()
        return HttpResponseRedirect(self._list_address(""))

    def _list_address(self, query: str) -> str:
        address = reverse(f"{self.admin_site.name}:archive_article_changelist")
        return f"{address}?{query}" if query else address


def _filters_of(parameters: QueryDict) -> str:
    """The query string of a list without its page and empty values."""
    kept = QueryDict(mutable=True)
    for name, values in parameters.lists():
        if name not in (PAGE_VAR, "e") and (filled := [v for v in values if v]):
            kept.setlist(name, filled)
    return kept.urlencode()
