"""The list of articles: without their texts, and without the trash."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from archive.models import Article, Status


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
