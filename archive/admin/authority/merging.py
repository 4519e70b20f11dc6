"""Merging actors that are one: an action of the list, and undoing by one click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from archive.authority.merging import NotMergeable, merge_actors, undo_merge
from archive.models import Actor, ActorMerge
from archive.templatetags.display import isolate

if TYPE_CHECKING:
    ActorModelAdmin = admin.ModelAdmin[Actor]
else:
    ActorModelAdmin = admin.ModelAdmin

KEEP: Final = "keep"
_FEWEST: Final = 2
_MOST: Final = 20


@admin.action(
    description=_("Merge the selected actors into one"), permissions=["merge"]
)
def merge_selected(
    model_admin: Merging, request: HttpRequest, queryset: QuerySet[Actor]
) -> HttpResponse | None:
    """Ask which record to keep; merge the others into it once that is answered."""
    actors = list(queryset.prefetch_related("aliases").order_by("pk")[: _MOST + 1])
    if not _FEWEST <= len(actors) <= _MOST:
        messages.warning(request, gettext("Select from 2 to 20 records of one actor."))
        return None
    kept = {str(actor.pk): actor for actor in actors}.get(request.POST.get(KEEP, ""))
    if kept is None:
        return _ask(model_admin, request, actors)
    others = [actor for actor in actors if actor.pk != kept.pk]
    with transaction.atomic():
        for actor in others:
            merge_actors(kept, actor, user_id=request.user.pk)
            model_admin.log_change(
                request, kept, gettext("Merged: %(name)s") % {"name": actor.name_ar}
            )
    sentence = ngettext(
        "%(count)d record was merged into “%(name)s”. It can be undone below.",
        "%(count)d records were merged into “%(name)s”. It can be undone below.",
        len(others),
    )
    named = {"count": len(others), "name": isolate(str(kept))}
    messages.success(request, sentence % named)
    return HttpResponseRedirect(model_admin.address_of(kept))


def _ask(
    model_admin: Merging, request: HttpRequest, actors: list[Actor]
) -> TemplateResponse:
    rows: QuerySet[Any] = model_admin.get_queryset(request)
    rows = rows.filter(pk__in=[actor.pk for actor in actors])
    counts: dict[int, int] = {row.pk: row.number_of_articles for row in rows}
    # The record with most articles is offered first.
    ordered = sorted(actors, key=lambda actor: -counts[actor.pk])
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Merge actors"),
        "opts": model_admin.opts,
        "actors": [(actor, counts[actor.pk]) for actor in ordered],
        "checkbox": ACTION_CHECKBOX_NAME,
        "action": "merge_selected",
    }
    return TemplateResponse(request, "admin/archive/actor/merge.html", context)


class Merging(ActorModelAdmin):
    """Mixin for the admin of actors: merging, and the merges of an actor."""

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Whether records may be merged: it changes and removes them."""
        return self.has_change_permission(request)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.undo_view))
        own = path("merge/<int:pk>/undo/", view, name="archive_actor_undo_merge")
        return [own, *super().get_urls()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        if obj is not None and self.has_merge_permission(request):
            context["merges"] = obj.merges.select_related("merged_by")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Undo the merge, and show the record that is there again."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        merge = get_object_or_404(ActorMerge.objects.select_related("kept"), pk=pk)
        kept = merge.kept
        try:
            actor = undo_merge(merge, user_id=request.user.pk)
        except NotMergeable:
            messages.error(
                request,
                gettext(
                    "The merge cannot be undone: another actor has the address that"
                    " the record had. Change that actor first."
                ),
            )
            return HttpResponseRedirect(self.address_of(kept))
        self.log_change(request, actor, gettext("The merge was undone."))
        messages.success(
            request,
            gettext("“%(name)s” is a record of its own again.")
            % {"name": isolate(str(actor))},
        )
        return HttpResponseRedirect(self.address_of(actor))

    def address_of(self, actor: Actor) -> str:
        """The address of the actor's form."""
        return reverse(f"{self.admin_site.name}:archive_actor_change", args=[actor.pk])
