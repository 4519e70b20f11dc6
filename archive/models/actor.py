"""Actors that articles name: persons, bodies and places, with their aliases."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.addresses import reverse_cached
from archive.dates import PartialDate
from archive.models.atomic_save import AtomicSave
from archive.models.named import NAME_LENGTH, Named, stored_sort_key
from archive.names.script import find_script


def validate_partial_date(value: str) -> None:
    """Accept ``1888``, ``1888-11`` and ``1888-11-01``; else raise ValidationError."""
    try:
        PartialDate.from_iso(value)
    except ValueError as error:
        raise ValidationError(
            _("Write the date as 1888, 1888-11 or 1888-11-01."), code="partial_date"
        ) from error


class ActorKind(models.TextChoices):
    """The values are stored and exported, so they never change."""

    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    PARTY = "party", _("political party")
    ARMED_GROUP = "armed_group", _("armed group")
    GOVERNMENT_BODY = "government_body", _("government body")
    PLACE = "place", _("place")


class Actor(Named):
    """A person, body or place named in articles; one row whatever its spellings."""

    kind = models.CharField(
        _("kind"), max_length=20, choices=ActorKind, default=ActorKind.PERSON
    )
    description = models.TextField(_("description"), blank=True)
    began = models.CharField(
        _("born or founded"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
    )
    ended = models.CharField(
        _("died or dissolved"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
    )
    wikidata_id = models.CharField(
        _("Wikidata"), max_length=20, blank=True, db_index=True
    )
    viaf_id = models.CharField(_("VIAF"), max_length=40, blank=True, db_index=True)
    # Links imported articles to the authority file of their collection.
    authority_id = models.CharField(
        _("identifier in another authority file"),
        max_length=100,
        blank=True,
        db_index=True,
    )

    class Meta(Named.Meta):
        verbose_name = _("actor")
        verbose_name_plural = _("actors")

    def get_absolute_url(self) -> str:
        return reverse_cached("archive:actor", self.slug)


class AliasKind(models.TextChoices):
    """What another name is. The values are stored and exported."""

    NOT_STATED = "", pgettext_lazy("kind", "not stated")
    KUNYA = "kunya", pgettext_lazy("kind of name", "kunya")
    PEN_NAME = "pen_name", pgettext_lazy("kind of name", "pen name")
    EPITHET = "epithet", pgettext_lazy("kind of name", "epithet")
    ACRONYM = "acronym", pgettext_lazy("kind of name", "acronym")
    FORMER = "former", pgettext_lazy("kind of name", "former name")
    TRANSLITERATION = (
        "transliteration",
        pgettext_lazy("kind of name", "transliteration"),
    )
    TRANSLATION = "translation", pgettext_lazy("kind of name", "translation")
    MISSPELLING = "misspelling", pgettext_lazy("kind of name", "misspelling")


class ActorAlias(AtomicSave):
    """Another name or spelling of an actor, in any script.

    ``began`` and ``ended`` say when it was in use.
    """

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("actor")
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    kind = models.CharField(
        _("kind of name"),
        max_length=20,
        choices=AliasKind,
        default=AliasKind.NOT_STATED,
        blank=True,
    )
    began = models.CharField(
        _("in use from"), max_length=10, blank=True, validators=[validate_partial_date]
    )
    ended = models.CharField(
        _("in use until"), max_length=10, blank=True, validators=[validate_partial_date]
    )
    sort_key = models.CharField(max_length=NAME_LENGTH, db_index=True, editable=False)

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "name"],
                name="archive_alias_once",
                violation_error_message=_("This actor has that alias already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def script(self) -> str:
        """The ISO 15924 code of the name's script, by its first letter."""
        return find_script(self.name)

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = stored_sort_key(self.name)
        super().save(*args, **kwargs)
