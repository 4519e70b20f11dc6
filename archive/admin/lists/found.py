"""A filter of the list of articles: those that a search of the site finds.

The archive does not depend on search: the setting ``FOUND_ARTICLES`` is the dotted path
of a function ``parameters -> ids``, which raises ValueError with a sentence.
"""

from typing import Any, Final

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.templatetags.display import number

FOUND: Final = "found"
# Ids that one statement of every database takes.
MOST_FOUND: Final = 20_000


class FoundFilter(admin.SimpleListFilter):
    """Filters by the query string of a search; offered where one is given."""

    title = _("search of the site")
    parameter_name = FOUND

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        asked = self.used_parameters.get(FOUND)
        if not asked:
            return []
        words = QueryDict(str(asked)).get("q", "")
        return [(str(asked), words or gettext("results of a search"))]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        asked = self.value()
        path = getattr(settings, "FOUND_ARTICLES", "")
        if not asked or not path:
            return queryset
        try:
            found = import_string(path)(QueryDict(asked))
        except ValueError as error:
            messages.error(request, str(error))
            return queryset.none()
        if len(found) > MOST_FOUND:
            sentence = gettext(
                "The search finds %(count)s articles, of which a list takes no more"
                " than %(limit)s. Narrow the search."
            )
            counts = {"count": number(len(found)), "limit": number(MOST_FOUND)}
            messages.error(request, sentence % counts)
            return queryset.none()
        return queryset.filter(pk__in=found)
