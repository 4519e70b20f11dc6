"""The page about the archive: what it is, rights, contact and what it holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive.models import ArchiveDescription


@require_safe
def show_about(request: HttpRequest) -> HttpResponse:
    """The description as it is stored now, and the holdings."""
    description = ArchiveDescription.load().in_language(get_language() or "ar")
    may_change = request.user.has_perm("archive.change_archivedescription")
    context = {"description": description, "may_change": may_change}
    return render(request, "archive/about.html", context)
