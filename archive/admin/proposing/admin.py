"""The admin mixin: buttons that propose, take over and preview, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.formsets import all_valid
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, resolve
from django.views.decorators.http import require_POST

from archive.admin.proposing.memory import remember_answers
from archive.admin.proposing.page_file import fill_from_page
from archive.admin.proposing.panel import OFFERED, Panel, build_panel, read_proposal
from archive.admin.proposing.taking import take_ticked
from archive.models import Article, ArticleQuerySet

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
else:
    ArticleModelAdmin = admin.ModelAdmin

# Names of buttons.
PROPOSE: Final = "_propose"
ACCEPT: Final = "_accept"
FROM_PAGE: Final = "_from_page"
PREVIEW: Final = "_preview"
VIEW: Final = "_view"
# The article whose form asks for proposals while somebody types.
OF_ARTICLE: Final = "_article"


class Proposing(ArticleModelAdmin):
    """Mixin, to stand first, for the admin of articles.

    Invariant: a request that proposes, takes over, reads a page or previews saves
    nothing.
    """

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.propose_view))
        own = path("propose/", view, name="archive_article_propose")
        return [own, *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if PREVIEW in request.POST:
            preview = self._preview(request, object_id)
            if preview is not None:
                return preview
        if not {ACCEPT, FROM_PAGE} & request.POST.keys():
            return super().changeform_view(request, object_id, form_url, extra_context)
        posted = request.POST
        if FROM_PAGE in posted:
            filled = fill_from_page(request)
        else:
            articles = self._articles(request)
            proposal = read_proposal(posted, _number(object_id), articles)
            filled = take_ticked(posted, proposal)
        request.POST = filled  # type: ignore[assignment]
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        finally:
            request.POST = posted

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if _is_held(request.POST):
            return type(form.__name__, (_Held, form), {})
        return form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        if {PROPOSE, ACCEPT, FROM_PAGE} & request.POST.keys():
            context["panel"] = self._build_panel(request, obj.pk if obj else None)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def propose_view(self, request: HttpRequest) -> HttpResponse:
        """The panel alone, for a script that asks while somebody types."""
        if not (
            self.has_add_permission(request) or self.has_change_permission(request)
        ):
            raise PermissionDenied
        panel = self._build_panel(request, _number(request.POST.get(OF_ARTICLE)))
        template = "admin/archive/article/_panel.html"
        return TemplateResponse(request, template, {"panel": panel})

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if offered := request.POST.get(OFFERED):
            remember_answers(form.instance, offered)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        if VIEW in request.POST:
            return HttpResponseRedirect(obj.get_absolute_url())
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if VIEW in request.POST:
            return HttpResponseRedirect(obj.get_absolute_url())
        return super().response_change(request, obj)

    def _articles(self, request: HttpRequest) -> ArticleQuerySet:
        return Article.objects.visible_to(request.user)

    def _build_panel(self, request: HttpRequest, article_id: int | None) -> Panel:
        articles = self._articles(request)
        if article_id is not None and not articles.filter(pk=article_id).exists():
            article_id = None
        proposal = read_proposal(request.POST, article_id, articles)
        return build_panel(proposal, request.POST, articles, self.admin_site.name)

    def _preview(self, request: HttpRequest, object_id: str | None) -> Any:
        """The article's page as it would be; ``None`` where the form has errors.

        It is saved for that in a transaction that is rolled back.
        """
        change = object_id is not None
        record = self.get_object(request, unquote(object_id)) if object_id else None
        allowed = (
            self.has_change_permission(request, record)
            if change
            else self.has_add_permission(request)
        )
        if not allowed or (change and record is None):
            return None
        with transaction.atomic():
            form = self.get_form(request, record, change=change)(
                request.POST, request.FILES, instance=record
            )
            form.is_valid()
            article = form.save(commit=False) if not form.errors else self.model()
            formsets, _inlines = self._create_formsets(request, article, change)  # type: ignore[attr-defined]
            if form.errors or not all_valid(formsets):
                transaction.set_rollback(True)
                return None
            self.save_model(request, article, form, change)
            super().save_related(request, form, formsets, change)
            response = _show_page(request, article)
            transaction.set_rollback(True)
        return response


class _Held:
    """Mixin for a form that is shown again as it was sent, without complaints."""

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def is_valid(self) -> bool:
        return False


def _is_held(data: QueryDict) -> bool:
    return bool({PROPOSE, ACCEPT, FROM_PAGE} & data.keys())


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


def _show_page(request: HttpRequest, article: Article) -> HttpResponse:
    """The page of the article, by the view that shows it to readers."""
    address = article.get_absolute_url()
    found = resolve(address)
    request.method = "GET"
    request.path = request.path_info = address
    request.resolver_match = found
    response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    if hasattr(response, "render"):
        response.render()
    return response
