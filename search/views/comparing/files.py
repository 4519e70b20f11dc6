"""Tables that are sent as files."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from search.export.filenames import build_disposition
from search.export.streaming import stream
from search.export.tables import CONTENT_TYPE


def send_table(
    request: HttpRequest, rows: Iterable[str], name: str
) -> StreamingHttpResponse:
    """The rows of a CSV, whose first errors are raised before anything is sent.

    *name* becomes part of the name of the file.
    """
    is_arabic = (get_language() or "ar").startswith("ar")
    disposition = build_disposition(
        name,
        site=settings.SITE_NAME_AR if is_arabic else settings.SITE_NAME_EN,
        day=timezone.localdate(),
        extension="csv",
    )
    chunks = stream(rows)
    return StreamingHttpResponse(
        () if request.method == "HEAD" else chunks,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": disposition, "X-Robots-Tag": "noindex"},
    )
