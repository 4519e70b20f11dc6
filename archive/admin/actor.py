"""The admin of actors and their aliases."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.authority import Merging, Readings, export_actors, merge_selected
from archive.admin.forms.cells import LabelledCells, LabelledRows
from archive.admin.forms.choices import DescribedChoices
from archive.admin.forms.fields import (
    IsoDateField,
    NameField,
    ViafField,
    WikidataField,
    help_with_examples,
)
from archive.admin.forms.widgets import (
    AutoDirectionInput,
    AutoDirectionTextarea,
    LatinInput,
)
from archive.admin.lists.folded_search import name_condition
from archive.admin.named import NamedAdmin, NamedForm
from archive.admin.short_transactions import RecordChanged
from archive.dates import PartialDate
from archive.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ActorSpelling,
    forget_removed_aliases,
    mark_aliases_removed,
    stored_spelling_key,
)
from archive.names.collation import sort_key
from archive.names.spelling import spelling_key
from archive.templatetags.display import isolate

if TYPE_CHECKING:
    AliasForm = forms.ModelForm[ActorAlias]
    AliasTabularInline = admin.TabularInline[ActorAlias, Actor]
    RelationForm = forms.ModelForm[ActorRelation]
    RelationStackedInline = admin.StackedInline[ActorRelation, Actor]
else:
    AliasForm = forms.ModelForm
    AliasTabularInline = admin.TabularInline
    RelationForm = forms.ModelForm
    RelationStackedInline = admin.StackedInline

DATE_HELP = help_with_examples(
    _("As much as is known, in any spelling:"), "3 شباط 1868", "1868-02", "1868"
)


def life_years(actor: Actor) -> str:
    """The first and last year of the actor, as far as known; ``""`` for neither.

    >>> life_years(Actor(began="1868-10-16", ended="1932"))
    '1868–1932'
    """
    years = [date.split("-")[0] for date in (actor.began, actor.ended)]
    return "–".join(years) if any(years) else ""


def find_namesake(actor: Actor) -> Actor | None:
    """Another actor of the kind with this name or alias, in any spelling."""
    key = stored_spelling_key(actor.name_ar)
    spelled = ActorSpelling.objects.filter(key=key).exclude(key="")
    others = Actor.objects.filter(kind=actor.kind, pk__in=spelled.values("actor"))
    return others.exclude(pk=actor.pk).first()


class ActorForm(NamedForm):
    """The form of an actor.

    Takes dates in any spelling; refuses an external identifier that another actor has.
    """

    began = IsoDateField(
        label=_("Born or founded"), required=False, help_text=DATE_HELP
    )
    ended = IsoDateField(
        label=_("Died or dissolved"), required=False, help_text=DATE_HELP
    )
    wikidata_id = WikidataField(label=_("Wikidata"), required=False, max_length=200)
    viaf_id = ViafField(label=_("VIAF"), required=False, max_length=200)

    class Meta(NamedForm.Meta):
        model = Actor
        fields = [
            "kind", "name_ar", "name_latin", "description", "began", "ended",
            "wikidata_id", "viaf_id", "authority_id", "slug",
        ]  # fmt: skip
        field_classes = {**NamedForm.Meta.field_classes, "authority_id": NameField}
        widgets: dict[str, Any] = {
            **NamedForm.Meta.widgets,
            "authority_id": LatinInput,
            "description": AutoDirectionTextarea,
        }

    def clean_wikidata_id(self) -> str:
        return self._refuse_taken("wikidata_id")

    def clean_viaf_id(self) -> str:
        return self._refuse_taken("viaf_id")

    def _refuse_taken(self, field: str) -> str:
        identifier = str(self.cleaned_data[field])
        holder = self.find_holder(field, identifier)
        if holder:
            raise ValidationError(
                gettext(
                    "“%(name)s” has this identifier already. Open that actor and add "
                    "the name there as an alias."
                )
                % {"name": isolate(str(holder))}
            )
        return identifier

    def find_holder(self, field: str, identifier: str) -> Actor | None:
        """Another actor that has the identifier."""
        holders = Actor.objects.filter(**{field: identifier})
        return holders.exclude(pk=self.instance.pk).first() if identifier else None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        began, ended = (self.cleaned_data.get(name) for name in ("began", "ended"))
        if began and ended:
            earliest = PartialDate.from_iso(began).first_day()
            if PartialDate.from_iso(ended).last_day() < earliest:
                self.add_error(
                    "ended",
                    gettext(
                        "The end lies before the beginning. Correct one of the two."
                    ),
                )
        return cleaned


class ActorAliasForm(LabelledCells, AliasForm):
    """One other name of an actor, with its kind and when it was in use."""

    began = IsoDateField(label=_("In use from"), required=False)
    ended = IsoDateField(label=_("In use until"), required=False)

    class Meta:
        model = ActorAlias
        fields = ["name", "kind", "began", "ended"]
        field_classes = {"name": NameField}
        widgets = {"name": AutoDirectionInput}


class ActorAliasInline(AliasTabularInline):
    """The other names on the form of an actor."""

    model = ActorAlias
    form = ActorAliasForm
    formset = LabelledRows
    extra = 2
    readonly_fields = ["remark"]
    fields = ["name", "kind", "began", "ended", "remark"]

    @admin.display(description=_("remark"))
    def remark(self, alias: ActorAlias) -> str:
        """Whether the name is ambiguous: it is proposed, and never linked by itself."""
        key = stored_spelling_key(alias.name) if alias.name else ""
        others = ActorSpelling.objects.filter(key=key).exclude(actor=alias.actor_id)
        if key and alias.pk and others.exists():
            return gettext("also the name of another actor")
        return ""


class ActorRelationForm(RelationForm):
    """What the actor is to another one."""

    began = IsoDateField(label=_("From"), required=False)
    ended = IsoDateField(label=_("Until"), required=False)

    class Meta:
        model = ActorRelation
        fields = ["kind", "other", "began", "ended", "certainty"]


class ActorRelationInline(DescribedChoices, RelationStackedInline):
    """The relations on the form of an actor."""

    model = ActorRelation
    form = ActorRelationForm
    fk_name = "actor"
    fields = [("kind", "other"), ("began", "ended", "certainty")]
    autocomplete_fields = ["other"]
    extra = 1

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("archive.change_actor")

    has_change_permission = has_add_permission
    has_delete_permission = has_add_permission
    has_view_permission = has_add_permission


@admin.register(Actor)
class ActorAdmin(Merging, Readings, NamedAdmin):
    """Actors, found by any of their names or by an identifier."""

    form = ActorForm
    article_field = "actors"
    inlines = [ActorAliasInline, ActorRelationInline]
    actions = [merge_selected, export_actors]
    list_display = ["name", "latin", "kind", "life", "article_count", "site_page"]
    list_filter = ["kind"]
    search_help_text = _(
        "Names and aliases in any script, or an identifier from elsewhere; "
        "hamza, marks and ة or ه do not matter."
    )
    fieldsets = [
        (None, {"fields": ["kind", "name_ar", "name_latin", "description"]}),
        (_("Dates"), {"fields": ["began", "ended"]}),
        (
            _("Elsewhere on the web"),
            {"fields": ["wikidata_id", "viaf_id", "authority_id"]},
        ),
        (_("On the site"), {"fields": ["slug"]}),
    ]

    def save_model(
        self, request: HttpRequest, obj: Actor, form: Any, change: bool
    ) -> None:
        """Look for identifiers once more: no constraint of the database does."""
        self.begin_writing()
        for field in ("wikidata_id", "viaf_id"):
            if form.find_holder(field, getattr(obj, field)):
                raise RecordChanged("Another actor was given this identifier.")
        super().save_model(request, obj, form, change)
        namesake = find_namesake(obj) if "name_ar" in form.changed_data else None
        if namesake:
            message = gettext(
                "“%(name)s” is in the archive already. If this is the same actor, add "
                "the spelling there as an alias and delete this one."
            )
            messages.warning(request, message % {"name": isolate(namesake.name_ar)})

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        """Save, and remember the aliases that a person has taken away."""
        super().save_formset(request, form, formset, change)
        if formset.model is ActorAlias:
            rows = [row for row in formset.forms if row.has_changed()]
            before = {row.initial["name"] for row in rows if "name" in row.initial}
            before |= {alias.name for alias in formset.deleted_objects}
            names = set(form.instance.aliases.values_list("name", flat=True))
            mark_aliases_removed(form.instance, before - names, request.user)
            forget_removed_aliases(form.instance, names)

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        """The actors with all words, and those with the whole in another spelling."""
        found, _may_repeat = super().get_search_results(request, queryset, search_term)
        if not (key := spelling_key(search_term)):
            return found, False
        spelled = ActorSpelling.objects.filter(key__contains=key)
        condition = Q(pk__in=found.order_by().values("pk"))
        return queryset.filter(condition | Q(pk__in=spelled.values("actor"))), False

    def search_condition(self, term: str) -> Q:
        condition = name_condition(term)
        for identifier in ("wikidata_id", "viaf_id", "authority_id"):
            condition |= Q(**{f"{identifier}__iexact": term})
        if folded := sort_key(term):
            aliases = ActorAlias.objects.filter(sort_key__contains=folded)
            condition |= Q(pk__in=aliases.values("actor"))
        return condition

    def choice_label(self, choice: Any) -> str:
        parts = (isolate(str(choice)), choice.get_kind_display(), life_years(choice))
        return " · ".join(filter(None, parts))

    @admin.display(description=_("dates"), ordering="began", empty_value="—")
    def life(self, actor: Actor) -> str:
        return life_years(actor)
