"""The actors of an article, by role: a field of the form for each role."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import (
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.utils.translation import gettext_lazy as _

from archive.admin.forms.choices import describe_choices
from archive.models import Actor, ActorRole, Article, set_actor_roles

if TYPE_CHECKING:
    ArticleModelForm = forms.ModelForm[Article]
else:
    ArticleModelForm = forms.ModelForm

ActorsField = forms.ModelMultipleChoiceField

# Fields of the form, in their order, each with its role and label. An actor chosen in
# several has the last of their roles.
ROLE_FIELDS: Final[Mapping[str, tuple[ActorRole, Any]]] = {
    "mentioned": (ActorRole.MENTIONED, _("Actors named in it")),
    "writers": (ActorRole.AUTHOR, _("Actors who wrote it")),
    "issuers": (ActorRole.ISSUER, _("Actors who issued it")),
}
HELP: Final[Mapping[str, Any]] = {
    "writers": _("Where the archive has the author as an actor."),
    "issuers": _("The party, body or person in whose name the text was issued."),
}


def _field(**options: Any) -> "ActorsField[Any]":
    return forms.ModelMultipleChoiceField(
        Actor.objects.all(), required=False, **options
    )


class ActorRolesForm(ArticleModelForm):
    """Mixin for the form of an article: reads and saves its actors by role.

    The fields here have no search for names; `build_role_fields` makes those that do.
    """

    mentioned = _field()
    writers = _field()
    issuers = _field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            return
        links = list(self.instance.actor_links.values_list("actor_id", "role"))
        own = {
            name: [pk for pk, stored in links if stored == role]
            for name, (role, _label) in ROLE_FIELDS.items()
        }
        self.initial = {**own, **self.initial}

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        given = [name for name in ROLE_FIELDS if name in self.cleaned_data]
        if set(given) & set(self.changed_data):
            set_actor_roles(self.instance, self._read_roles(given))

    def _read_roles(self, given: list[str]) -> dict[int, str]:
        """The role of each actor by id; those of fields that are not *given* stay."""
        links = self.instance.actor_links.values_list("actor_id", "role")
        asked = {ROLE_FIELDS[name][0].value for name in given}
        roles = {pk: role for pk, role in links if role not in asked}
        for name in given:
            for actor in self.cleaned_data[name]:
                roles[actor.pk] = ROLE_FIELDS[name][0].value
        return roles


def build_role_fields(
    site: AdminSite, permissions: Mapping[str, bool]
) -> dict[str, "ActorsField[Any]"]:
    """The fields by name, with the search of *site*; *permissions* are on actors."""
    relation = Article._meta.get_field("actors")
    remote: Any = relation.remote_field
    fields = {}
    for name, (_role, label) in ROLE_FIELDS.items():
        choice = AutocompleteSelectMultiple(relation, site)
        fields[name] = _field(
            label=label,
            help_text=HELP.get(name, ""),
            widget=RelatedFieldWidgetWrapper(choice, remote, site, **permissions),
        )
        describe_choices(fields[name], site)
    return fields
