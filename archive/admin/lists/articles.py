"""The list of articles: without their texts and the trash, and its search."""

from typing import Any, Final

from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from archive.admin.lists.folded_search import folded_pattern
from archive.models import Article, ArticleAuthor, Status

# Digits of an id; more would overflow the database's 64-bit integers.
MAX_ID_DIGITS: Final = 18


class ArticleChangeList(ChangeList):
    """Fetches a page of articles without their texts, and all authors in one query."""

    def get_queryset(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> "QuerySet[Any]":
        """The trash is shown where it is asked for."""
        found = super().get_queryset(request, *args, **kwargs)
        is_asked = "status__exact" in self.params or "status__exact" in request.GET
        return found if is_asked else found.exclude(status=Status.TRASH)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        page: QuerySet[Article] = self.result_list
        self.result_list = page.defer("body").prefetch_related("authors")


def matches(term: str) -> Q:
    """The condition that an article matches a word of the list's search."""
    condition = Q(external_id__icontains=term)
    if term.isdecimal() and len(term) <= MAX_ID_DIGITS:
        condition |= Q(pk=int(term))
    if pattern := folded_pattern(term):
        authors = ArticleAuthor.objects.filter(name__iregex=pattern)
        for field in ("title", "subtitle", "byline"):
            condition |= Q(**{f"{field}__iregex": pattern})
        condition |= Q(pk__in=authors.values("article"))
    return condition
