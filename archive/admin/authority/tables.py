"""The selected actors as a table for spreadsheets, which the import reads again."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from archive.authority.table import write_actors
from archive.models import Actor


@admin.action(description=_("Download the selected actors as a table (CSV)"))
def export_actors(
    model_admin: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    queryset: "QuerySet[Actor]",
) -> StreamingHttpResponse:
    """The chosen actors as CSV."""
    response = StreamingHttpResponse(
        (line.encode() for line in write_actors(queryset)),
        content_type="text/csv; charset=utf-8; header=present",
    )
    response["Content-Disposition"] = 'attachment; filename="actors.csv"'
    return response
