"""The admin mixin: a word at saving, the list of pairs, and the page of a pair."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy, ngettext

from archive.duplicates import answer_pairs, list_waiting
from archive.models import Article, ChangeKind, Likeness, LikenessAnswer, Status
from archive.roles import may_publish
from archive.signals import articles_written
from archive.templatetags.display import isolate, number
from archive.versions import Made, compare_texts, recording

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
else:
    ArticleModelAdmin = admin.ModelAdmin

# Inputs of the pages.
ANSWER, PAIR, TRASH, PAGE = "answer", "pair", "trash", "page"
_ON_A_PAGE: Final = 50
_TOLD: Final = 3
# By whether one of two texts is in the other.
_SENTENCES: Final = {
    False: gettext_lazy(
        "The text is nearly that of article no. %(number)s, “%(title)s”"
        " (%(percent)s %% alike)."
    ),
    True: gettext_lazy(
        "This text and that of article no. %(number)s, “%(title)s”, have passages in"
        " common: %(percent)s %% of the shorter one."
    ),
}


class Duplicates(ArticleModelAdmin):
    """Mixin for the admin of articles. Nothing is refused for being alike."""

    def get_urls(self) -> list[Any]:
        checked = self.admin_site.admin_view
        own = [
            path("alike/", checked(self.pairs_view), name="archive_article_alike"),
            path(
                "alike/<int:pk>/", checked(self.pair_view), name="archive_article_pair"
            ),
        ]
        return [*own, *super().get_urls()]

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if not change or "body" in form.changed_data:
            self._tell(request, form.instance)

    def _tell(self, request: HttpRequest, article: Article) -> None:
        """Say which articles, that the account may see, have nearly the text."""
        pairs = list_waiting().filter(Q(article=article) | Q(other=article))
        for pair in pairs.order_by("-contained", "pk")[:_TOLD]:
            twin_id = (
                pair.other_id if pair.article_id == article.pk else pair.article_id
            )
            visible = Article.objects.visible_to(request.user).only("title")
            twin = visible.filter(pk=twin_id).first()
            if twin is None:
                continue
            sentence = _SENTENCES[pair.is_part] % {
                "number": twin.pk,
                "title": isolate(twin.title),
                "percent": number(pair.percent),
            }
            address = (
                self._page_address("pair", pair.pk)
                if may_publish(request.user)
                else twin.get_absolute_url()
            )
            link = format_html('<a href="{}">{}</a>', address, gettext("Compare them"))
            messages.warning(request, format_html("{} {}", sentence, link))

    def pairs_view(self, request: HttpRequest) -> HttpResponse:
        """The pairs that wait for an answer, the most alike first."""
        _refuse_others(request)
        if request.method == "POST":
            self._answer(request, _numbers(request.POST.getlist(PAIR)))
            return HttpResponseRedirect(self._page_address("alike"))
        pairs = _with_articles(list_waiting()).order_by("-contained", "-pk")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Alike texts"),
            "opts": self.opts,
            "page": Paginator(pairs, _ON_A_PAGE).get_page(request.GET.get(PAGE)),
        }
        template = "admin/archive/article/alike.html"
        return TemplateResponse(request, template, context)

    def pair_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two articles with the words that differ, and what can be said of them."""
        _refuse_others(request)
        pair = get_object_or_404(_with_articles(Likeness.objects.all()), pk=pk)
        if request.method == "POST":
            if TRASH in request.POST:
                self._move_to_trash(request, pair)
            else:
                self._answer(request, [pair.pk])
            return HttpResponseRedirect(self._page_address("alike"))
        texts = dict(
            Article.objects.filter(pk__in=(pair.article_id, pair.other_id)).values_list(
                "pk", "body"
            )
        )
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Two articles that are alike"),
            "opts": self.opts,
            "pair": pair,
            "titles": compare_texts(pair.other.title, pair.article.title),
            "texts": compare_texts(texts[pair.other_id], texts[pair.article_id]),
        }
        template = "admin/archive/article/pair.html"
        return TemplateResponse(request, template, context)

    @transaction.atomic
    def _answer(self, request: HttpRequest, pair_ids: list[int]) -> None:
        answer = request.POST.get(ANSWER, "")
        if answer not in LikenessAnswer.values:
            return
        count = answer_pairs(pair_ids, LikenessAnswer(answer), user=request.user)
        sentences = {
            LikenessAnswer.REPRINT: ngettext(
                "%(count)d pair was linked; the articles name each other.",
                "%(count)d pairs were linked; the articles name each other.",
                count,
            ),
            LikenessAnswer.DIFFERENT: ngettext(
                "%(count)d pair is two articles.",
                "%(count)d pairs are two articles each.",
                count,
            ),
            LikenessAnswer.WAITING: ngettext(
                "%(count)d pair waits again.", "%(count)d pairs wait again.", count
            ),
        }
        sentence = sentences[LikenessAnswer(answer)]
        messages.success(request, sentence % {"count": count})

    @transaction.atomic
    def _move_to_trash(self, request: HttpRequest, pair: Likeness) -> None:
        chosen = {str(pair.article_id): pair.article, str(pair.other_id): pair.other}
        article = chosen.get(request.POST[TRASH])
        if article is None:
            return
        made = Made(ChangeKind.STATUS, request.user.pk)
        with recording([article.pk], made):
            Article.objects.filter(pk=article.pk).update(status=Status.TRASH)
        articles_written.send(sender=Article, article_ids=[article.pk])
        self.log_change(request, article, [{"changed": {"fields": ["status"]}}])
        messages.success(
            request,
            gettext("“%(title)s” is in the trash now.")
            % {"title": isolate(article.title)},
        )

    def _page_address(self, page: str, *arguments: int) -> str:
        name = f"{self.admin_site.name}:archive_article_{page}"
        return reverse(name, args=arguments)


def _with_articles(pairs: Any) -> Any:
    related = pairs.select_related("article__source", "other__source")
    return related.defer("article__body", "other__body")


def _refuse_others(request: HttpRequest) -> None:
    if not may_publish(request.user):
        raise PermissionDenied


def _numbers(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit()]
