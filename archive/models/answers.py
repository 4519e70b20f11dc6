"""Answers to proposals: which names were accepted for which actors, and which not."""

from django.db import models

from archive.models.actor import Actor
from archive.models.article import Article
from archive.models.named import NAME_LENGTH


class NameAnswers(models.Model):
    """How often an actor was accepted and refused that was proposed by a name.

    ``key`` is the spelling key of the name as texts had it.
    """

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="name_answers"
    )
    key = models.CharField(max_length=NAME_LENGTH)
    accepted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        # Written as articles are saved; nobody edits them.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "key"], name="archive_name_answers_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.accepted}/{self.refused}"


class RefusedProposal(models.Model):
    """Something that was proposed for an article and refused: it is not offered again.

    ``field`` is ``actor``, ``topic`` or ``name``; ``value`` a primary key or a spelling
    key.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="refused_proposals"
    )
    field = models.CharField(max_length=10)
    value = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["article", "field", "value"], name="archive_refusal_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.value}"
