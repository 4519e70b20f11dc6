"""A saved page of a web site, uploaded into the form of an article.

Nothing is saved: the form is shown again with what the page says, to be looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from archive.importing.cleaning.saved_page import NoPage, SavedPage, read_saved_page
from archive.models import Source

FILE: Final = "page_file"
MAX_BYTES: Final = 20 * 1024 * 1024
# Fields of the form that are the page's; others stay as they were sent.
_FIELDS: Final = ("title", "body", "byline", "url", "language", "published")


def fill_from_page(request: HttpRequest) -> QueryDict:
    """The data of the form with what the uploaded page says; messages tell the rest."""
    upload = request.FILES.get(FILE)
    page = _read(request, upload) if isinstance(upload, UploadedFile) else None
    if upload is None:
        messages.error(request, _("Choose a saved page (.html) first."))
    if page is None:
        return request.POST
    filled = request.POST.copy()
    for name in _FIELDS:
        if value := page.columns.get(name):
            filled[name] = value
    _choose_source(filled, page.columns)
    messages.info(request, _("The form has what the page says. Nothing is saved yet."))
    if page.is_plain:
        messages.warning(
            request,
            _(
                "trafilatura is not installed, so that menus and other articles of the"
                " page may stand in the text: look through it."
            ),
        )
    return filled


def _read(request: HttpRequest, upload: UploadedFile[bytes]) -> SavedPage | None:
    """The page; None, and a message, where the file is none."""
    if upload.size is None or upload.size > MAX_BYTES:
        messages.error(
            request, _("The page is larger than %(limit)s MiB.") % {"limit": 20}
        )
        return None
    try:
        return read_saved_page(upload.read())
    except NoPage:
        messages.error(
            request,
            _(
                "“%(name)s” is no page of HTML with a text. Save the page as HTML in"
                " the browser; import files of other kinds under Imports."
            )
            % {"name": upload.name},
        )
        return None


def _choose_source(filled: QueryDict, columns: Mapping[str, str]) -> None:
    """Choose the source that is called as the site, where none is chosen."""
    name = columns.get("container", "")
    if filled.get("source") or not name:
        return
    found = Source.objects.filter(name_ar=name) | Source.objects.filter(name_latin=name)
    if source := found.first():
        filled["source"] = str(source.pk)
