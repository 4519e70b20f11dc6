"""The status page for staff, and liveness and readiness for machines."""

from typing import Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.roles import may_publish
from search.status import OK, check_readiness, list_remedies, read_status

UNAVAILABLE: Final = 503


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """The status page of the admin, for staff who may publish: it counts all drafts.

    ``admin_view`` admits staff only.
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
    """Liveness: 200 where this process answers, whatever database and index do."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def is_ready(request: HttpRequest) -> HttpResponse:
    """Readiness: 200 where readers can be served, else 503, with each check's state."""
    checks = check_readiness()
    ready = all(found == OK for found in checks.values())
    answer: dict[str, object] = {"ready": ready, "checks": checks}
    if remedies := list_remedies(checks):
        answer["remedies"] = remedies
    return JsonResponse(
        answer,
        status=200 if ready else UNAVAILABLE,
        json_dumps_params={"ensure_ascii": False},
    )
