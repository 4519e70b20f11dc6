"""Typed relations between actors."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.models.actor import Actor, validate_partial_date
from archive.models.atomic_save import AtomicSave


class RelationKind(models.TextChoices):
    """What the first actor is to the second. The values are stored and exported."""

    MEMBER = "member", pgettext_lazy("relation of actors", "member of")
    LEADER = "leader", pgettext_lazy("relation of actors", "leader of")
    FOUNDER = "founder", pgettext_lazy("relation of actors", "founder of")
    SPOKESPERSON = "spokesperson", pgettext_lazy("relation of actors", "speaks for")
    PART = "part", pgettext_lazy("relation of actors", "part of")
    SUCCESSOR = "successor", pgettext_lazy("relation of actors", "successor of")
    ALLY = "ally", pgettext_lazy("relation of actors", "ally of")
    OPPONENT = "opponent", pgettext_lazy("relation of actors", "opponent of")
    RELATIVE = "relative", pgettext_lazy("relation of actors", "relative of")
    SEAT = "seat", pgettext_lazy("relation of actors", "has its seat in")
    OTHER = "other", pgettext_lazy("relation of actors", "otherwise related to")


class RelationCertainty(models.TextChoices):
    """How certain a relation is."""

    CERTAIN = "certain", pgettext_lazy("certainty", "certain")
    PROBABLE = "probable", pgettext_lazy("certainty", "probable")
    DISPUTED = "disputed", pgettext_lazy("certainty", "disputed")


class ActorRelation(AtomicSave):
    """What an actor is to another one, from when to when, and how certain that is."""

    actor = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        related_name="relations",
        verbose_name=_("actor"),
    )
    kind = models.CharField(_("relation"), max_length=20, choices=RelationKind)
    other = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        related_name="relations_to",
        verbose_name=_("other actor"),
    )
    began = models.CharField(
        _("from"), max_length=10, blank=True, validators=[validate_partial_date]
    )
    ended = models.CharField(
        _("until"), max_length=10, blank=True, validators=[validate_partial_date]
    )
    certainty = models.CharField(
        _("certainty"),
        max_length=10,
        choices=RelationCertainty,
        default=RelationCertainty.CERTAIN,
    )

    class Meta:
        ordering = ["kind", "began", "pk"]
        # Rights are those of the actor.
        default_permissions = ()
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "kind", "other", "began"],
                name="archive_relation_once",
                violation_error_message=_("This relation is there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.get_kind_display()} {self.other}"

    def clean(self) -> None:
        """Raise ValidationError for a relation of an actor to itself."""
        super().clean()
        if self.actor_id and self.actor_id == self.other_id:
            raise ValidationError(
                {"other": _("An actor has no relation to itself. Choose another one.")}
            )
