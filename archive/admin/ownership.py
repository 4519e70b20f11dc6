"""Permissions on single articles: contributors change their own drafts only.

Lists, searches, choices, histories and confirmations of the admin all start from
`get_queryset`, so that articles outside it appear nowhere.
"""

from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.models import Article, ArticleQuerySet, Status
from archive.roles import Reader, may_contribute, may_publish

# The button that saves and asks an editor to look at it.
REVIEW: Final = "_review"
# What its contributor may still change.
OWN_STATUSES: Final = (Status.DRAFT, Status.REVIEW)

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
else:
    ArticleModelAdmin = admin.ModelAdmin


class OwnDrafts(ArticleModelAdmin):
    """Mixin for the admin of articles, which limits accounts that may not publish.

    Invariant: no request of such an account changes the status of an article, or any
    article but its own drafts.
    """

    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        shown = Article.objects.visible_to(request.user)
        return shown.order_by(*self.get_ordering(request))

    def lookup_allowed(
        self, lookup: str, value: str, request: HttpRequest | None = None
    ) -> bool:
        """Refuse lookups by who added an article, except for editors."""
        if lookup.partition("__")[0] == "created_by" and (
            request is None or not may_publish(request.user)
        ):
            return False
        return super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the actions that change the status are available."""
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
        """Hide from contributors who added an article, and the status of a new one."""
        fieldsets = super().get_fieldsets(request, obj)
        if may_publish(request.user):
            return fieldsets
        hidden = {"created_by", "withdrawn_reason"}
        if obj is None:
            hidden.add("status")
        return [
            (title, {**options, "fields": visible})
            for title, options in fieldsets
            if (visible := [name for name in options["fields"] if name not in hidden])
        ]

    def save_model(
        self, request: HttpRequest, obj: Article, form: Any, change: bool
    ) -> None:
        """Set the owner of a new article; lock the row of a contributor's draft."""
        if not change:
            obj.created_by_id = request.user.pk
        if not may_publish(request.user):
            if change and not self._lock_own_draft(request, obj):
                raise PermissionDenied
            waits = REVIEW in request.POST or (change and obj.status == Status.REVIEW)
            obj.status = Status.REVIEW if waits else Status.DRAFT
        elif REVIEW in request.POST:
            obj.status = Status.REVIEW
        super().save_model(request, obj, form, change)

    def _lock_own_draft(self, request: HttpRequest, article: Article) -> bool:
        """Lock the row; False if it is no draft of the account any more.

        An editor may have published it meanwhile.
        """
        own = Article.objects.filter(
            status__in=OWN_STATUSES, created_by=request.user.pk
        )
        return own.select_for_update().filter(pk=article.pk).exists()


def may_view(reader: Reader, article: Article) -> bool:
    """Whether *reader* may see *article*: `ArticleQuerySet.visible_to` for one row."""
    if may_publish(reader) or article.status == Status.PUBLISHED:
        return True
    return may_contribute(reader) and article.created_by_id == reader.pk


def may_change(reader: Reader, article: Article) -> bool:
    """Whether *reader*, who has the permission to change articles, may change this."""
    if may_publish(reader):
        return True
    return article.status in OWN_STATUSES and article.created_by_id == reader.pk


def explain_published() -> tuple[str, str]:
    """What is told whose draft was published or withdrawn while its form was open."""
    return (
        _("An editor has published or withdrawn this article since you opened it."),
        _(
            "Only editors may change it now: copy what you changed and hand it to one"
            " of them."
        ),
    )
