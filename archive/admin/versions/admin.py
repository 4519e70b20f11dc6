"""The admin mixin: records what a form changes, shows versions, restores them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.admin.versions.shown import list_differences, list_labels
from archive.models import Article, ChangeKind
from archive.templatetags.display import isolate, number
from archive.versions import (
    Made,
    NotRestorable,
    already_recorded,
    find_replaced,
    read_history,
    read_states,
    record_replaced,
    restore_version,
)

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
else:
    ArticleModelAdmin = admin.ModelAdmin

# Parameters of the page of a difference.
OLDER: Final = "older"
# Entries of Django's own log that are shown.
_MOST_LOGGED: Final = 100


class Versions(ArticleModelAdmin):
    """Mixin for the admin of articles; stands behind what begins the transaction.

    Invariant: the form of an article saves a change together with its record.
    """

    def get_urls(self) -> list[Any]:
        checked = self.admin_site.admin_view
        own = [
            path(
                "<path:object_id>/history/<int:version>/",
                checked(self.version_view),
                name="archive_article_version",
            ),
            path(
                "<path:object_id>/history/<int:version>/restore/",
                checked(require_POST(self.restore_view)),
                name="archive_article_restore",
            ),
        ]
        return [*own, *super().get_urls()]

    def save_model(
        self, request: HttpRequest, obj: Article, form: Any, change: bool
    ) -> None:
        form.state_before = read_states([obj.pk]).get(obj.pk) if change else None
        with already_recorded():
            super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        before, pk = getattr(form, "state_before", None), form.instance.pk
        if before is None:
            return
        replaced = find_replaced(before, read_states([pk])[pk])
        made = Made(ChangeKind.FORM, request.user.pk)
        record_replaced({pk: replaced}, made)

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The versions of an article, newest first, and Django's log below."""
        if self.get_object(request, unquote(object_id)) is None:
            answer: HttpResponse = self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]
                request, self.opts, object_id
            )
            return answer
        article = self._get_article(request, object_id)
        history = read_history(article)
        rows = [
            (version, list_labels(version.fields))
            for version in reversed(history.versions)
        ]
        title = _("Versions: %(title)s") % {"title": isolate(article.title)}
        context = {
            **self._context(request, article, title),
            "rows": rows,
            "newest": len(history.versions),
            "logged": _read_log(article),
            **(extra_context or {}),
        }
        template = "admin/archive/article/versions.html"
        return TemplateResponse(request, template, context)

    def version_view(
        self, request: HttpRequest, object_id: str, version: int
    ) -> HttpResponse:
        """What a version changed, or how it differs from the one that is named."""
        article = self._get_article(request, object_id)
        history = read_history(article)
        newest = len(history.versions)
        asked = request.GET.get(OLDER, "")
        other = int(asked) if asked.isascii() and asked.isdigit() else version - 1
        older, newer = sorted((other, version))
        if not 1 <= version <= newest or not 0 <= older <= newest or newer > newest:
            raise Http404
        # The first version is shown beside the newest: it has replaced nothing.
        older, newer = (older, newer) if older else (1, newest)
        differences = list_differences(
            history, history.state_at(older), history.state_at(newer)
        )
        title = _("Version %(number)s: %(title)s") % {
            "number": number(version),
            "title": isolate(article.title),
        }
        context = {
            **self._context(request, article, title),
            "older": history.versions[older - 1],
            "newer": history.versions[newer - 1],
            "version": history.versions[version - 1],
            "newest": newest,
            "differences": differences,
        }
        template = "admin/archive/article/version.html"
        return TemplateResponse(request, template, context)

    def restore_view(
        self, request: HttpRequest, object_id: str, version: int
    ) -> HttpResponse:
        """Make the version the newest one."""
        article = self._get_article(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        if not 1 <= version <= article.changes.count() + 1:
            raise Http404
        try:
            restored = restore_version(article, version, user=request.user)
        except NotRestorable:
            messages.error(
                request,
                _(
                    "The version cannot be restored: its identifier at the source is"
                    " another article's by now. Change that article first."
                ),
            )
            return self._back(article)
        if not restored.fields:
            messages.info(request, _("The article is as this version has it already."))
            return self._back(article)
        self.log_change(request, article, [{"changed": {"fields": ["version"]}}])
        sentence = _("Version %(number)s was restored; the one before it is kept.")
        messages.success(request, sentence % {"number": number(version)})
        if restored.missing:
            sentence = _("No longer in the archive, and left out: %(names)s.")
            names = _(", ").join(map(isolate, restored.missing))
            messages.warning(request, sentence % {"names": names})
        return self._back(article)

    def _get_article(self, request: HttpRequest, object_id: str) -> Article:
        article: Article | None = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return article

    def _context(
        self, request: HttpRequest, article: Article, title: str
    ) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "article": article,
            "may_restore": self.has_change_permission(request, article),
        }

    def _back(self, article: Article) -> HttpResponseRedirect:
        name = f"{self.admin_site.name}:archive_article_history"
        return HttpResponseRedirect(reverse(name, args=[article.pk]))


def _read_log(article: Article) -> list[LogEntry]:
    """Django's log of the article, newest first, older than its versions too."""
    kind = ContentType.objects.get_for_model(Article)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(article.pk))
    return list(entries.select_related("user").order_by("-action_time")[:_MOST_LOGGED])
