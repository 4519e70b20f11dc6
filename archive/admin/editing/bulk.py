"""The action "Edit the selected articles", and the page of an edit with its undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.admin.forms.article import REASON_WANTED
from archive.admin.forms.choices import describe_choices
from archive.admin.forms.widgets import AutoDirectionInput
from archive.admin.lists.actions import MAX_REASON_LENGTH
from archive.editing.bulk import Changes, edit_articles, undo_edit
from archive.models import (
    Actor,
    Article,
    BulkEdit,
    Source,
    Status,
    TextKind,
    Topic,
)
from archive.names.clean import clean_name
from archive.roles import may_publish
from archive.signals import writing_finished

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
else:
    ArticleModelAdmin = admin.ModelAdmin

APPLY: Final = "apply"
_UNCHANGED: Final = ("", _("leave as it is"))
# The value of a kind that becomes "not stated"; an empty one leaves it.
_NO_KIND: Final = "none"


class BulkEditForm(forms.Form):
    """What to change in all selected articles; what is left empty stays."""

    status = forms.ChoiceField(
        label=_("status"), required=False, choices=[_UNCHANGED, *Status.choices]
    )
    reason = forms.CharField(
        label=_("reason for the withdrawal"),
        required=False,
        max_length=MAX_REASON_LENGTH,
        widget=AutoDirectionInput,
    )
    kind = forms.ChoiceField(
        label=_("kind of text"),
        required=False,
        choices=[
            _UNCHANGED,
            *((value or _NO_KIND, label) for value, label in TextKind.choices),
        ],
    )
    source = forms.ModelChoiceField(
        Source.objects.all(), label=_("source"), required=False
    )
    add_topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("topics to add"), required=False
    )
    remove_topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("topics to remove"), required=False
    )
    add_actors = forms.ModelMultipleChoiceField(
        Actor.objects.all(), label=_("actors to add"), required=False
    )
    remove_actors = forms.ModelMultipleChoiceField(
        Actor.objects.all(), label=_("actors to remove"), required=False
    )

    def __init__(self, *args: Any, site: AdminSite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, relation in _RELATIONS.items():
            field: Any = self.fields[name]
            several = isinstance(field, forms.ModelMultipleChoiceField)
            widget = AutocompleteSelectMultiple if several else AutocompleteSelect
            column: Any = Article._meta.get_field(relation)
            field.widget = widget(column, site)
            field.widget.choices = field.choices
            describe_choices(field, site)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        data = self.cleaned_data
        if data.get("status") != Status.WITHDRAWN:
            data["reason"] = ""
        elif not data.get("reason"):
            self.add_error("reason", REASON_WANTED)
        return cleaned

    def changes(self) -> Changes:
        """The changes of a valid form."""
        data = self.cleaned_data
        many = ("add_topics", "remove_topics", "add_actors", "remove_actors")
        kind = "" if data["kind"] == _NO_KIND else data["kind"] or None
        return Changes(
            source=data["source"].pk if data["source"] else None,
            kind=kind,
            status=data["status"] or None,
            reason=clean_name(data["reason"]),
            **{name: tuple(row.pk for row in data[name]) for name in many},
        )


_RELATIONS: Final = {
    "source": "source",
    "add_topics": "topics",
    "remove_topics": "topics",
    "add_actors": "actors",
    "remove_actors": "actors",
}


@admin.action(description=_("Edit the selected articles"), permissions=["publish"])
def edit_selected(
    model_admin: BulkEditing, request: HttpRequest, queryset: QuerySet[Article]
) -> HttpResponse:
    """Ask what to change in the chosen articles; change it once that is answered."""
    is_sent = APPLY in request.POST
    data = request.POST if is_sent else None
    form = BulkEditForm(data, site=model_admin.admin_site)
    if is_sent and form.is_valid():
        changes = form.changes()
        edit = edit_articles(queryset, changes, user=request.user)
        if edit is None:
            messages.info(request, gettext("No article had to change."))
            return HttpResponseRedirect(request.get_full_path())
        writing_finished.send(sender=BulkEdit)
        return HttpResponseRedirect(_address(model_admin.admin_site, edit))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Edit the selected articles"),
        "opts": model_admin.opts,
        "form": form,
        "media": model_admin.media + form.media,
        "count": queryset.count(),
        "checkbox": ACTION_CHECKBOX_NAME,
        "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(request, "admin/archive/article/bulk_edit.html", context)


class BulkEditing(ArticleModelAdmin):
    """Mixin for the admin of articles: the page of an edit, and its undoing."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.bulk_edit_view)
        own = path("bulk/<int:pk>/", view, name="archive_article_bulk_edit")
        return [own, *super().get_urls()]

    def bulk_edit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What an edit has changed, with a button that undoes it."""
        if not may_publish(request.user):
            raise PermissionDenied
        edit = get_object_or_404(BulkEdit.objects.select_related("edited_by"), pk=pk)
        if request.method == "POST":
            undone = undo_edit(edit, user_id=request.user.pk)
            writing_finished.send(sender=BulkEdit)
            sentence = ngettext(
                "%(count)d article is as it was before.",
                "%(count)d articles are as they were before.",
                undone,
            )
            messages.success(request, sentence % {"count": undone})
            return HttpResponseRedirect(_address(self.admin_site, edit))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Edit of several articles"),
            "opts": self.opts,
            "edit": edit,
            "count": len(edit.before),
        }
        return TemplateResponse(
            request, "admin/archive/article/bulk_done.html", context
        )


def _address(site: AdminSite, edit: BulkEdit) -> str:
    return reverse(f"{site.name}:archive_article_bulk_edit", args=[edit.pk])
