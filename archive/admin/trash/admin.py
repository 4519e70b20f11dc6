"""An action that brings articles back, and the page that empties the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.admin.lists.actions import set_status
from archive.models import Article, ArticleChange, Status
from archive.roles import may_publish
from archive.signals import articles_written, writing_finished

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
else:
    ArticleModelAdmin = admin.ModelAdmin

_BATCH: Final = 500
# The input of the page: how many articles it has told of.
COUNT: Final = "count"


@admin.action(
    description=_("Bring the selected articles back from the trash"),
    permissions=["publish"],
)
@transaction.atomic
def bring_back(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    queryset: QuerySet[Article],
) -> None:
    """Give each of the chosen articles the status that it had before the trash."""
    inside = list(queryset.filter(status=Status.TRASH).values_list("pk", flat=True))
    by_status: dict[tuple[str, str], list[int]] = {}
    for start in range(0, len(inside), _BATCH):
        for pk, former in _find_former(inside[start : start + _BATCH]).items():
            by_status.setdefault(former, []).append(pk)
    for (status, reason), ids in by_status.items():
        for start in range(0, len(ids), _BATCH):
            chosen = Article.objects.filter(pk__in=ids[start : start + _BATCH])
            set_status(request, chosen, Status(status), reason=reason)
    if not inside:
        messages.info(request, gettext("None of these articles is in the trash."))
        return
    sentence = ngettext(
        "%(count)d article is back from the trash, with the status it had.",
        "%(count)d articles are back from the trash, with the status they had.",
        len(inside),
    )
    messages.success(request, sentence % {"count": len(inside)})


def _find_former(article_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Status and reason of each article before the trash; a draft where unknown."""
    found = dict.fromkeys(article_ids, (Status.DRAFT.value, ""))
    changes = ArticleChange.objects.filter(article_id__in=article_ids)
    for change in changes.filter(former__has_key="status").order_by("pk"):
        status = change.former["status"]
        if status in Status.values and status != Status.TRASH:
            reason = change.former.get("withdrawn_reason", "")
            found[change.article_id] = (
                status,
                reason if status == Status.WITHDRAWN else "",
            )
    return found


class Trash(ArticleModelAdmin):
    """Mixin for the admin of articles: a page that empties the trash."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.empty_trash_view)
        own = path("trash/empty/", view, name="archive_article_empty_trash")
        return [own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; that of the trash with a link to empty it."""
        is_trash = request.GET.get("status__exact") == Status.TRASH
        context = {"is_trash": is_trash and self._may_empty(request)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def empty_trash_view(self, request: HttpRequest) -> HttpResponse:
        """Ask first; then delete for good what is in the trash."""
        if not self._may_empty(request):
            raise PermissionDenied
        inside = Article.objects.filter(status=Status.TRASH)
        count = inside.count()
        back = reverse(f"{self.admin_site.name}:archive_article_changelist")
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": gettext("Empty the trash"),
                "opts": self.opts,
                "count": count,
                "newest": inside.only("title", "language").order_by("-updated_at")[:20],
            }
            template = "admin/archive/article/empty_trash.html"
            return TemplateResponse(request, template, context)
        if request.POST.get(COUNT) != str(count):
            messages.warning(
                request,
                gettext("The trash has changed meanwhile: look at it once more."),
            )
            return HttpResponseRedirect(request.path)
        self._delete(request, list(inside.values_list("pk", flat=True)))
        sentence = ngettext(
            "%(count)d article was deleted for good.",
            "%(count)d articles were deleted for good.",
            count,
        )
        messages.success(request, sentence % {"count": count})
        return HttpResponseRedirect(back)

    def _may_empty(self, request: HttpRequest) -> bool:
        return may_publish(request.user) and self.has_delete_permission(request)

    @transaction.atomic
    def _delete(self, request: HttpRequest, article_ids: list[int]) -> None:
        for start in range(0, len(article_ids), _BATCH):
            ids = article_ids[start : start + _BATCH]
            rows = Article.objects.filter(pk__in=ids, status=Status.TRASH)
            self.log_deletions(request, rows.defer("body"))
            rows.delete()
            articles_written.send(sender=Article, article_ids=ids)
        transaction.on_commit(lambda: writing_finished.send(sender=Article))
