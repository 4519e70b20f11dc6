"""The base class of the admins of sources, topics and actors."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.admin.conflicts import ConflictNotice
from archive.admin.forms.choices import DescribedChoices
from archive.admin.forms.fields import NameField
from archive.admin.forms.widgets import ArabicInput, LatinInput
from archive.admin.lists.deletion import PlainDeletion
from archive.admin.lists.folded_search import name_condition, split_terms
from archive.models import Article, Named, mark_name_edited
from archive.names.collation import sort_key
from archive.templatetags.display import isolate

if TYPE_CHECKING:
    NamedModelAdmin = admin.ModelAdmin[Any]
    NamedModelForm = forms.ModelForm[Any]
else:
    NamedModelAdmin = admin.ModelAdmin
    NamedModelForm = forms.ModelForm


class NamedForm(NamedModelForm):
    """Names cleaned by `clean_name`, each input in the direction of its script."""

    class Meta:
        field_classes = {"name_ar": NameField, "name_latin": NameField}
        widgets = {
            "name_ar": ArabicInput,
            "name_latin": LatinInput,
            "slug": LatinInput,
        }


class NamedAdmin(PlainDeletion, ConflictNotice, DescribedChoices, NamedModelAdmin):
    """The admin of a `Named` model, with search, autocomplete and counts of articles.

    Invariant: the slug can be set when adding a row and is read-only afterwards.
    """

    form = NamedForm
    list_per_page = 50
    # Makes the search box appear; `get_search_results` does the searching.
    search_fields = ["sort_key"]
    search_help_text = _(
        "Names in Arabic or Latin letters; hamza, marks and ة or ه do not matter."
    )
    # The field of Article that refers to the model.
    article_field: str
    # Relations that `choice_label` follows; None makes select_related fetch nothing.
    choice_related: tuple[str | None, ...] = (None,)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        counted = (
            Article.objects.visible_to(request.user)
            .filter(**{self.article_field: OuterRef("pk")})
            .order_by()
            .values(self.article_field)
            .annotate(number=Count("pk"))
            .values("number")
        )
        number = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
        rows: QuerySet[Any] = super().get_queryset(request)
        counted_rows: QuerySet[Any] = rows.annotate(number_of_articles=number)
        return counted_rows

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Save, and remember what a person has edited: no file overwrites it."""
        super().save_model(request, obj, form, change)
        mark_name_edited(obj, form.changed_data, request.user)

    def lookup_allowed(
        self, lookup: str, value: str, request: HttpRequest | None = None
    ) -> bool:
        """Refuse reverse relations: they would disclose names in hidden articles."""
        field_name = lookup.partition("__")[0]
        reverse_relations = {
            field.name for field in self.opts.get_fields() if field.auto_created
        }
        if field_name in reverse_relations - {self.opts.pk.name}:
            return False
        return super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def search_condition(self, term: str) -> Q:
        """The condition that a row matches a word of the list's search."""
        return name_condition(term)

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        for term in split_terms(search_term):
            queryset = queryset.filter(self.search_condition(term))
        return queryset, False

    def choice_label(self, choice: Any) -> str:
        return isolate(str(choice))

    def order_choices(
        self, choices: "QuerySet[Any]", search_term: str
    ) -> "QuerySet[Any]":
        """Exact names first, then names with the prefix, then others, each sorted."""
        key = sort_key(search_term)
        if not key:
            return choices
        rank = Case(
            When(sort_key=key, then=Value(0)),
            When(sort_key__startswith=key, then=Value(1)),
            default=Value(2),
        )
        return choices.order_by(rank, F("sort_key"), F("pk"))

    @admin.display(description=_("name"), ordering="sort_key")
    def name(self, named: Named) -> SafeString:
        return format_html("<bdi>{}</bdi>", named)

    @admin.display(
        description=_("name in Latin letters"), ordering="name_latin", empty_value="—"
    )
    def latin(self, named: Named) -> SafeString | None:
        if not named.name_latin:
            return None
        return format_html('<bdi lang="und-Latn">{}</bdi>', named.name_latin)

    @admin.display(description=_("number of articles"), ordering="number_of_articles")
    def article_count(self, named: Any) -> SafeString:
        address = reverse(f"{self.admin_site.name}:archive_article_changelist")
        return format_html(
            '<a href="{}?{}__id__exact={}">{}</a>',
            address,
            self.article_field,
            named.pk,
            named.number_of_articles,
        )

    def view_on_site(self, named: Any) -> str:
        return str(named.get_absolute_url())

    @admin.display(description=_("Page"))
    def site_page(self, named: Any) -> SafeString:
        return link_to_site(named.get_absolute_url(), str(named))


def link_to_site(address: str, title: str) -> SafeString:
    """A link "Show", with an accessible name that includes the page's title."""
    return format_html(
        '<a href="{}" aria-label="{}: {}">{}</a>',
        address,
        _("Show on the site"),
        isolate(title),
        _("Show"),
    )
