"""Readings of the archive for names: begun from an actor, answered on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from archive.authority.reading import (
    accept_links,
    begin_reading,
    count_links,
    read_on,
    refuse_links,
    undo_reading,
)
from archive.models import Actor, ImportBatch, NameReading, ReadLinkAnswer
from archive.roles import may_publish
from archive.signals import writing_finished

if TYPE_CHECKING:
    ActorModelAdmin = admin.ModelAdmin[Actor]
else:
    ActorModelAdmin = admin.ModelAdmin

# Seconds that one request reads on; the page asks for the next by itself.
_SECONDS: Final = 2.0
_ON_A_PAGE: Final = 100
# Inputs of the page.
LINK, SHOWN, ANSWER, PAGE = "link", "shown", "answer", "page"


class Readings(ActorModelAdmin):
    """Mixin for the admin of actors: readings for one of them, or for an import."""

    def get_urls(self) -> list[Any]:
        checked = self.admin_site.admin_view
        own = [
            path(
                "readings/begin/",
                checked(require_POST(self.begin_reading_view)),
                name="archive_actor_begin_reading",
            ),
            path(
                "readings/<int:pk>/",
                checked(self.reading_view),
                name="archive_actor_reading",
            ),
        ]
        return [*own, *super().get_urls()]

    def begin_reading_view(self, request: HttpRequest) -> HttpResponse:
        """Begin a reading for the actor, or the import, that the form names."""
        _refuse_others(request)
        actor = batch = None
        if number := _number(request.POST.get("actor", "")):
            actor = get_object_or_404(Actor, pk=number)
        elif number := _number(request.POST.get("batch", "")):
            batch = get_object_or_404(ImportBatch, pk=number)
        reading = begin_reading(actor=actor, batch=batch, user_id=request.user.pk)
        return HttpResponseRedirect(_address(self.admin_site.name, reading))

    def reading_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page of a reading: its progress, and the links that it proposes."""
        _refuse_others(request)
        rows = NameReading.objects.select_related("actor", "batch", "began_by")
        reading = get_object_or_404(rows, pk=pk)
        if request.method == "POST":
            _ANSWERS.get(request.POST.get(ANSWER, ""), _go_on)(request, reading)
            return HttpResponseRedirect(_address(self.admin_site.name, reading))
        waiting = reading.links.filter(answer=ReadLinkAnswer.WAITING)
        ordered = waiting.select_related("article", "actor").defer("article__body")
        pages = Paginator(ordered.order_by("-ticked", "pk"), _ON_A_PAGE)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Reading for names"),
            "opts": self.opts,
            "reading": reading,
            "counts": count_links(reading),
            "page": pages.get_page(request.GET.get(PAGE)),
        }
        template = "admin/archive/actor/reading.html"
        return TemplateResponse(request, template, context)


def _go_on(request: HttpRequest, reading: NameReading) -> None:
    read_on(reading, seconds=_SECONDS)


def _accept(request: HttpRequest, reading: NameReading) -> None:
    """Link what is ticked on the page, and refuse the rest that it showed."""
    ticked = set(_numbers(request, LINK))
    linked = accept_links(reading, ticked, user_id=request.user.pk)
    refuse_links(reading, set(_numbers(request, SHOWN)) - ticked)
    _tell(request, linked)


def _accept_sure(request: HttpRequest, reading: NameReading) -> None:
    _tell(request, accept_links(reading, user_id=request.user.pk))


def _undo(request: HttpRequest, reading: NameReading) -> None:
    removed = undo_reading(reading, user_id=request.user.pk)
    writing_finished.send(sender=NameReading)
    sentence = ngettext(
        "%(count)d link was taken back.", "%(count)d links were taken back.", removed
    )
    messages.success(request, sentence % {"count": removed})


def _tell(request: HttpRequest, linked: int) -> None:
    writing_finished.send(sender=NameReading)
    sentence = ngettext(
        "%(count)d article was linked.", "%(count)d articles were linked.", linked
    )
    messages.success(request, sentence % {"count": linked})


_ANSWERS: Final = {"accept": _accept, "accept-sure": _accept_sure, "undo": _undo}


def _refuse_others(request: HttpRequest) -> None:
    if not may_publish(request.user):
        raise PermissionDenied


def _address(site: str, reading: NameReading) -> str:
    return reverse(f"{site}:archive_actor_reading", args=[reading.pk])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [number for text in request.POST.getlist(name) if (number := _number(text))]
