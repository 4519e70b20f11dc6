"""The OpenSearch description, by which browsers add the archive to their search box."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

_CONTENT_TYPE: Final = "application/opensearchdescription+xml; charset=utf-8"
# Characters that the specification (OpenSearch 1.1, draft 6) allows for a short name.
MAX_NAME: Final = 16


@require_safe
def describe(request: HttpRequest) -> HttpResponse:
    """The description in the language of the address."""
    is_arabic = (get_language() or "ar").startswith("ar")
    name = settings.SITE_NAME_AR if is_arabic else settings.SITE_NAME_EN
    context = {
        "name": name[:MAX_NAME],
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "feeds/opensearch.xml", context, content_type=_CONTENT_TYPE)
