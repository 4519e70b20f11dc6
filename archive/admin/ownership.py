"""Whose drafts a member of the desk may change, and what only editors do.

The list, searches, choices, histories and confirmations of the admin all begin with
`get_queryset`, so what it leaves out is nowhere.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from archive.models import Article, ArticleQuerySet, Status
from archive.roles import Reader, may_contribute, may_publish

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
else:
    ArticleModelAdmin = admin.ModelAdmin


class OwnDrafts(ArticleModelAdmin):
    """Mixin for the admin of articles: who may not publish has their own drafts.

    Invariant: nothing that an account without the right to publish sends changes the
    status of an article, or an article that is not its own draft.
    """

    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        shown = Article.objects.visible_to(request.user)
        return shown.order_by(*self.get_ordering(request))

    def lookup_allowed(
        self, lookup: str, value: str, request: HttpRequest | None = None
    ) -> bool:
        """Nobody but editors lists articles by who added them."""
        if lookup.partition("__")[0] == "created_by" and (
            request is None or not may_publish(request.user)
        ):
            return False
        return super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the actions on the status are offered and obeyed."""
        return may_publish(request.user)

    def has_view_permission(
        self, request: HttpRequest, obj: Article | None = None
    ) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or may_view(request.user, obj))

    def has_change_permission(
        self, request: HttpRequest, obj: Article | None = None
    ) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change(request.user, obj))

    def has_delete_permission(
        self, request: HttpRequest, obj: Article | None = None
    ) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_change(request.user, obj))

    def get_readonly_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> tuple[str, ...]:
        readonly = tuple(super().get_readonly_fields(request, obj))
        return readonly if may_publish(request.user) else (*readonly, "status")

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Without the status where a new article's is not the writer's to choose.

        Who added an article is for editors to know.
        """
        fieldsets = super().get_fieldsets(request, obj)
        if may_publish(request.user):
            return fieldsets
        hidden = {"created_by"} if obj else {"created_by", "status"}
        return [
            (title, {**options, "fields": left})
            for title, options in fieldsets
            if (left := [name for name in options["fields"] if name not in hidden])
        ]

    def save_model(
        self, request: HttpRequest, obj: Article, form: Any, change: bool
    ) -> None:
        """Keep whose article it is; hold the row of a draft while it is written."""
        if not change:
            obj.created_by_id = request.user.pk
        if not may_publish(request.user):
            if change and not self._hold_own_draft(request, obj):
                raise PermissionDenied
            obj.status = Status.DRAFT
        super().save_model(request, obj, form, change)

    def _hold_own_draft(self, request: HttpRequest, article: Article) -> bool:
        """Whether it is still a draft: an editor may have published it just now."""
        own = Article.objects.filter(status=Status.DRAFT, created_by=request.user.pk)
        return own.select_for_update().filter(pk=article.pk).exists()


def may_view(reader: Reader, article: Article) -> bool:
    """Whether *reader* may see *article*, as `ArticleQuerySet.visible_to` says it."""
    if may_publish(reader) or article.status == Status.PUBLISHED:
        return True
    return may_contribute(reader) and article.created_by_id == reader.pk


def may_change(reader: Reader, article: Article) -> bool:
    """Whether *reader*, who may change articles, may change this one."""
    if may_publish(reader):
        return True
    return article.status == Status.DRAFT and article.created_by_id == reader.pk
