"""The selected articles as a table for spreadsheets, which the import reads again."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from archive.editing.table import write_articles
from archive.models import Article


@admin.action(description=_("Download the selected articles as a table (CSV)"))
def export_articles(
    model_admin: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    queryset: "QuerySet[Article]",
) -> StreamingHttpResponse:
    """The chosen articles as CSV, in the order of the list."""
    response = StreamingHttpResponse(
        (line.encode() for line in write_articles(queryset)),
        content_type="text/csv; charset=utf-8; header=present",
    )
    response["Content-Disposition"] = 'attachment; filename="articles.csv"'
    return response
