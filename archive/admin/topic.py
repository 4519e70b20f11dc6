"""The admin of topics, listed as a tree."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.named import NamedAdmin, NamedForm
from archive.models import Topic, TopicTree
from archive.templatetags.display import isolate

# Ancestors fetched with a topic; each further step takes a query.
BROADER_FETCHED = "parent__parent__parent__parent"
# The deepest level that the style sheet indents.
DEEPEST_INDENT = 6


def ancestors_of(topic: Topic) -> list[Topic]:
    """The ancestors of *topic*, broadest first; ends where the table has a cycle."""
    ancestors: list[Topic] = []
    broader = topic.parent
    while broader is not None and broader not in ancestors:
        ancestors.append(broader)
        broader = broader.parent
    return ancestors[::-1]


def in_tree_order(tree: TopicTree) -> list[int]:
    """Ids of all topics in depth-first order.

    Topics of a cycle, which no root reaches, come last, so that editors can repair it.
    """
    ordered: list[int] = []
    stack = [topic.pk for topic in reversed(tree.roots())]
    while stack:
        current = stack.pop()
        ordered.append(current)
        stack.extend(child.pk for child in reversed(tree.children(current)))
    reached = set(ordered)
    return ordered + [pk for pk in tree.by_id if pk not in reached]


class TopicForm(NamedForm):
    """The form of a topic."""

    class Meta(NamedForm.Meta):
        model = Topic
        fields = ["name_ar", "name_latin", "parent", "slug"]


class TopicChangeList(ChangeList):
    """Lists the topics in tree order, unless the editor sorts them by a column."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if self.params.get(ORDER_VAR):
            return
        listed = set(self.queryset.values_list("pk", flat=True))
        ids = [pk for pk in in_tree_order(TopicTree.load()) if pk in listed]
        if self.multi_page and not (self.show_all and self.can_show_all):
            ids = list(
                Paginator(ids, self.list_per_page).page(self.page_num).object_list
            )
        rows = self.queryset.in_bulk(ids)
        self.result_list = [rows[pk] for pk in ids]


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    """Topics, shown as a tree."""

    form = TopicForm
    article_field = "topics"
    choice_related = (BROADER_FETCHED,)
    autocomplete_fields = ["parent"]
    list_display = ["branch", "latin", "broader", "article_count", "site_page"]
    list_per_page = 200
    fieldsets = [
        (None, {"fields": ["name_ar", "name_latin", "parent"]}),
        (_("On the site"), {"fields": ["slug"]}),
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TopicChangeList

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).select_related(BROADER_FETCHED)

    def choice_label(self, choice: Any) -> str:
        return " / ".join(
            isolate(str(topic)) for topic in [*ancestors_of(choice), choice]
        )

    @admin.display(description=_("name"), ordering="sort_key")
    def branch(self, topic: Topic) -> SafeString:
        depth = min(len(ancestors_of(topic)), DEEPEST_INDENT)
        return format_html('<span class="depth-{}"><bdi>{}</bdi></span>', depth, topic)

    @admin.display(description=_("broader topics"), empty_value="—")
    def broader(self, topic: Topic) -> SafeString:
        return format_html_join(
            " / ", "<bdi>{}</bdi>", ((t,) for t in ancestors_of(topic))
        )
