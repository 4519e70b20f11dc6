"""Actions that publish and withdraw articles, or make them drafts.

Articles are saved one by one, so that receivers of ``post_save`` see each change.
"""

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.admin.forms.article import REASON_WANTED
from archive.models import Article, ChangeKind, Status
from archive.names.clean import clean_name
from archive.versions import Made, recording

BATCH = 500
# The input beside the list of actions.
REASON: Final = "reason"
MAX_REASON_LENGTH: Final = 500


class ReasonForm(ActionForm):
    """The choice of an action, and the reason for a withdrawal."""

    reason = forms.CharField(
        label=_("Reason, for withdrawals"),
        required=False,
        max_length=MAX_REASON_LENGTH,
        widget=forms.TextInput({"dir": "auto", "placeholder": " "}),
    )


@admin.action(description=_("Publish the selected articles"), permissions=["publish"])
def publish(
    model_admin: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    queryset: "QuerySet[Article]",
) -> None:
    """Publish the chosen articles."""
    changed = set_status(request, queryset, Status.PUBLISHED)
    report(
        request,
        changed,
        ngettext(
            "%(count)d article was published.",
            "%(count)d articles were published.",
            changed,
        ),
    )


@admin.action(description=_("Withdraw the selected articles"), permissions=["publish"])
def withdraw(
    model_admin: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    queryset: "QuerySet[Article]",
) -> None:
    """Withdraw the chosen articles, with the reason that was typed beside."""
    reason = clean_name(request.POST.get(REASON, ""))[:MAX_REASON_LENGTH]
    if not reason:
        messages.error(request, REASON_WANTED)
        return
    changed = set_status(request, queryset, Status.WITHDRAWN, reason=reason)
    report(
        request,
        changed,
        ngettext(
            "%(count)d article was withdrawn.",
            "%(count)d articles were withdrawn.",
            changed,
        ),
    )


@admin.action(
    description=_("Turn the selected articles back into drafts"),
    permissions=["publish"],
)
def make_draft(
    model_admin: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    queryset: "QuerySet[Article]",
) -> None:
    """Turn the chosen articles back into drafts."""
    changed = set_status(request, queryset, Status.DRAFT)
    report(
        request,
        changed,
        ngettext(
            "%(count)d article is a draft now.",
            "%(count)d articles are drafts now.",
            changed,
        ),
    )


@admin.action(
    description=_("Send the selected articles for review"), permissions=["publish"]
)
def send_for_review(
    model_admin: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    queryset: "QuerySet[Article]",
) -> None:
    """Let the chosen articles wait for an editor."""
    changed = set_status(request, queryset, Status.REVIEW)
    report(
        request,
        changed,
        ngettext(
            "%(count)d article waits for review.",
            "%(count)d articles wait for review.",
            changed,
        ),
    )


@admin.action(
    description=_("Move the selected articles to the trash"), permissions=["publish"]
)
def move_to_trash(
    model_admin: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    queryset: "QuerySet[Article]",
) -> None:
    """Move the chosen articles to the trash, from which any status restores them."""
    changed = set_status(request, queryset, Status.TRASH)
    report(
        request,
        changed,
        ngettext(
            "%(count)d article is in the trash now.",
            "%(count)d articles are in the trash now.",
            changed,
        ),
    )


@transaction.atomic
def set_status(
    request: HttpRequest,
    articles: "QuerySet[Article]",
    status: Status,
    *,
    reason: str = "",
) -> int:
    """Set the status of the articles that have another one; returns their number.

    Each change is added to the article's history. *reason* is that of a withdrawal; any
    other status empties it.
    """
    ids = list(articles.exclude(status=status).values_list("pk", flat=True))
    made = Made(ChangeKind.STATUS, request.user.pk)
    for start in range(0, len(ids), BATCH):
        batch = list(Article.objects.filter(pk__in=ids[start : start + BATCH]))
        with recording([article.pk for article in batch], made):
            for article in batch:
                article.status = status
                article.withdrawn_reason = reason
                article.save()
        LogEntry.objects.log_actions(
            request.user.pk,  # type: ignore[arg-type]  # never anonymous in the admin
            batch,
            CHANGE,
            [{"changed": {"fields": ["status"]}}],
        )
    return len(ids)


def report(request: HttpRequest, changed: int, sentence: str) -> None:
    """Show the editor *sentence* with the number, or that no article had to change."""
    if changed:
        messages.success(request, sentence % {"count": changed})
    else:
        messages.info(
            request, gettext("The selected articles have this status already.")
        )
