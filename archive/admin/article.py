"""The admin of articles and their authors."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.authors import ArticleAuthorInline
from archive.admin.conflicts import ConflictNotice
from archive.admin.duplicates import Duplicates
from archive.admin.editing import BulkEditing, edit_selected, export_articles
from archive.admin.forms.actor_roles import ROLE_FIELDS, build_role_fields
from archive.admin.forms.article import ArticleForm
from archive.admin.forms.choices import DescribedChoices
from archive.admin.forms.dates import describe_doubt, show_date
from archive.admin.lists.actions import (
    ReasonForm,
    make_draft,
    move_to_trash,
    publish,
    send_for_review,
    withdraw,
)
from archive.admin.lists.articles import ArticleChangeList, matches
from archive.admin.lists.deletion import PlainDeletion
from archive.admin.lists.filters import (
    ChosenFilter,
    LanguageFilter,
    PeriodFilter,
    SourceKindFilter,
    TopicFilter,
)
from archive.admin.lists.folded_search import split_terms
from archive.admin.lists.found import FoundFilter
from archive.admin.lists.saved import SavedFilters
from archive.admin.named import link_to_site
from archive.admin.ownership import OwnDrafts, explain_published
from archive.admin.proposing import Proposing
from archive.admin.trash import Trash, bring_back
from archive.admin.versions import Versions
from archive.models import (
    MAX_BODY_LENGTH,
    Actor,
    ActorRole,
    Article,
    Status,
    mark_edited,
)
from archive.templatetags.display import number

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
else:
    ArticleModelAdmin = admin.ModelAdmin

# Characters of a title in the list: at most three lines of the column.
MAX_TITLE_LENGTH = 120


@admin.register(Article)
class ArticleAdmin(
    PlainDeletion,
    BulkEditing,
    Trash,
    SavedFilters,
    Proposing,
    ConflictNotice,
    OwnDrafts,
    Versions,
    Duplicates,
    DescribedChoices,
    ArticleModelAdmin,
):
    """Articles; contributors see and change their own drafts only."""

    form = ArticleForm
    inlines = [ArticleAuthorInline]
    autocomplete_fields = ["source", "topics"]
    readonly_fields = [
        "understood_date", "long_body", "published_in_file",
        "content_hash", "created_by", "created_at", "updated_at",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["title", "subtitle", "byline", ("kind", "language")]}),
        (
            _("Where and when it appeared"),
            {
                "fields": [
                    "source",
                    ("published", "understood_date"),
                    "published_as_printed",
                    ("volume", "issue", "pages"),
                    "place",
                    "url",
                    "external_id",
                ]
            },
        ),
        (_("Text"), {"classes": ["with-proposals"], "fields": ["body"]}),
        (_("Who and what it is about"), {"fields": [*ROLE_FIELDS, "topics"]}),
        (_("On the site"), {"fields": ["status", "withdrawn_reason"]}),
        (
            _("Provenance"),
            {
                "classes": ["collapse"],
                "fields": [
                    "rights",
                    "acquired_from",
                    "acquired_at",
                    "published_in_file",
                    "content_hash",
                    "created_by",
                    "created_at",
                    "updated_at",
                ],
            },
        ),
    ]

    list_display = ["headline", "source", "date", "state", "author_names", "site_page"]
    list_select_related = ["source"]
    list_filter = [
        "status",
        "kind",
        PeriodFilter,
        ("source", ChosenFilter),
        ("topics", TopicFilter),
        ("actors", ChosenFilter),
        ("source__kind", SourceKindFilter),
        LanguageFilter,
        FoundFilter,
    ]
    list_per_page = 50
    ordering = [F("published_on").desc(nulls_last=True), "-pk"]
    actions = [
        edit_selected, publish, withdraw, send_for_review, make_draft, move_to_trash,
        bring_back, export_articles,
    ]  # fmt: skip
    action_form = ReasonForm
    # Makes the search box appear; `get_search_results` does the searching.
    search_fields = ["title"]
    search_help_text = _(
        "Words of titles, bylines and authors (hamza, marks and ة or ه do not matter), "
        "the number of the article or its identifier at the source. "
        "For words of the text, use the search of the site."
    )

    @property
    def media(self) -> forms.Media:
        """Adds the scripts of autocomplete fields, which filters of the list use."""
        field = Article._meta.get_field("source")
        return super().media + AutocompleteSelect(field, self.admin_site).media

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """The fieldsets; a text that no form may send is told of, not shown."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or len(obj.body) <= MAX_BODY_LENGTH:
            return fieldsets
        return [
            (heading, {**options, "fields": _without_body(options["fields"])})
            for heading, options in fieldsets
        ]

    def get_form(
        self,
        request: HttpRequest,
        obj: Article | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        """The form, with a field for each role of actors."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        actors = self.admin_site.get_model_admin(Actor)
        permissions = {
            "can_add_related": actors.has_add_permission(request),
            "can_change_related": actors.has_change_permission(request),
            "can_view_related": actors.has_view_permission(request),
        }
        fields = build_role_fields(self.admin_site, permissions)
        return type(form.__name__, (form,), fields)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new article is a draft, unless its address says otherwise."""
        return {"status": Status.DRAFT, **super().get_changeform_initial_data(request)}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        for term in split_terms(search_term):
            queryset = queryset.filter(matches(term))
        return queryset, False

    def save_model(
        self, request: HttpRequest, obj: Article, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        mark_edited(obj, form.changed_data, request.user)
        if "published" in form.changed_data:
            doubt = describe_doubt(form["published"].data or "")
            if doubt:
                messages.warning(request, doubt)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        super().save_formset(request, form, formset, change)
        if formset.has_changed():
            mark_edited(form.instance, ["authors"], request.user)

    def explain_refusal(self, request: HttpRequest) -> tuple[str, str]:
        if self.has_change_permission(request):
            return explain_published()
        return super().explain_refusal(request)

    def view_on_site(self, article: Article) -> str | None:
        """The URL of the article's page; ``None`` while visitors cannot see it."""
        if article.status != Status.PUBLISHED:
            return None
        return article.get_absolute_url()

    @admin.display(description=ROLE_FIELDS["mentioned"][1], empty_value="—")
    def mentioned(self, article: Article) -> SafeString:
        return _list_actors(article, ActorRole.MENTIONED)

    @admin.display(description=ROLE_FIELDS["writers"][1], empty_value="—")
    def writers(self, article: Article) -> SafeString:
        return _list_actors(article, ActorRole.AUTHOR)

    @admin.display(description=ROLE_FIELDS["issuers"][1], empty_value="—")
    def issuers(self, article: Article) -> SafeString:
        return _list_actors(article, ActorRole.ISSUER)

    @admin.display(description=_("understood as"))
    def understood_date(self, article: Article) -> SafeString:
        shown = show_date(article.published) or _("no date")
        return format_html("<bdi>{}</bdi>", shown)

    @admin.display(description=_("text"))
    def long_body(self, article: Article) -> str:
        """Why the text is not in the form."""
        return gettext(
            "The text has %(found)s characters, more than the %(limit)s that an article"
            " may have. It stays readable and searchable; the other fields can be"
            " changed here. To change the text, export the article, split it into"
            " articles of a chapter each, and import them."
        ) % {"found": number(len(article.body)), "limit": number(MAX_BODY_LENGTH)}

    @admin.display(description=_("title"), ordering="title")
    def headline(self, article: Article) -> SafeString:
        title = Truncator(article.title).chars(MAX_TITLE_LENGTH)
        return format_html('<bdi lang="{}">{}</bdi>', article.language, title)

    @admin.display(description=_("date"), ordering="published_on", empty_value="—")
    def date(self, article: Article) -> str:
        return show_date(article.published)

    @admin.display(description=_("status"), ordering="status")
    def state(self, article: Article) -> SafeString:
        return format_html(
            '<span class="state {}">{}</span>',
            article.status,
            article.get_status_display(),
        )

    @admin.display(description=_("authors"), empty_value="—")
    def author_names(self, article: Article) -> SafeString:
        names = [(author.name,) for author in article.authors.all()]
        return format_html_join(" · ", "<bdi>{}</bdi>", names)

    @admin.display(description=_("Page"), empty_value="—")
    def site_page(self, article: Article) -> SafeString | None:
        address = self.view_on_site(article)
        return link_to_site(address, article.title) if address else None


def _list_actors(article: Article, role: ActorRole) -> SafeString:
    """The names of the actors in *role*, for accounts that may not change them."""
    links = article.actor_links.filter(role=role).select_related("actor")
    return format_html_join(" · ", "<bdi>{}</bdi>", ((link.actor,) for link in links))


def _without_body(fields: Any) -> list[Any]:
    return ["long_body" if field == "body" else field for field in fields]
