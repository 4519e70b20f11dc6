"""How the site stands: a page for its staff, and two answers for machines."""

from typing import Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.roles import may_publish
from search.status import OK, check_readiness, read_status

UNAVAILABLE: Final = 503


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """The status page of the admin; ``admin_view`` lets staff in and nobody else.

    It counts drafts, so it is for those who see them all.
    """
    if not may_publish(request.user):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("Status"),
        "status": read_status(),
    }
    return render(request, "admin/status.html", context)


@never_cache
@require_safe
def is_alive(request: HttpRequest) -> HttpResponse:
    """200 where this process answers at all; asks neither database nor index."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def is_ready(request: HttpRequest) -> HttpResponse:
    """200 where readers can be served, else 503; what is wrong, in one word each."""
    checks = check_readiness()
    ready = all(found == OK for found in checks.values())
    return JsonResponse(
        {"ready": ready, "checks": checks}, status=200 if ready else UNAVAILABLE
    )
