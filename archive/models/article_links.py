"""What links articles to persons and bodies: authors as printed, actors with a role."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.models.actor import Actor
from archive.models.atomic_save import AtomicSave


class ActorRole(models.TextChoices):
    """What an actor is to an article. The values are stored and exported."""

    MENTIONED = "mentioned", pgettext_lazy("role of an actor", "named in it")
    ISSUER = "issuer", pgettext_lazy("role of an actor", "issued it")
    AUTHOR = "author", pgettext_lazy("role of an actor", "wrote it")


class ArticleAuthor(AtomicSave):
    """An author as printed, linked to an actor where one is known."""

    article = models.ForeignKey(
        "archive.Article",
        on_delete=models.CASCADE,
        related_name="authors",
        verbose_name=_("article"),
    )
    name = models.CharField(_("name as printed"), max_length=300)
    actor = models.ForeignKey(
        Actor,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="authorships",
        verbose_name=_("actor"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.name


class ArticleActor(models.Model):
    """An actor of an article, in one role: who issued a text is named in it as well."""

    article = models.ForeignKey(
        "archive.Article", on_delete=models.CASCADE, related_name="actor_links"
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="article_links"
    )
    role = models.CharField(
        _("role"), max_length=10, choices=ActorRole, default=ActorRole.MENTIONED
    )

    class Meta:
        db_table = "archive_article_actors"
        # Rights are those of the article.
        default_permissions = ()
        unique_together = [("article", "actor")]
        verbose_name = _("actor of an article")
        verbose_name_plural = _("actors of articles")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.actor_id} ({self.role})"


def prefetch_actor_links(*relations: str) -> "models.Prefetch[str]":
    """A prefetch of ``actor_links`` in dictionary order, with their actors.

    *relations* are those of a link to prefetch as well, such as ``actor__aliases``.
    """
    links = ArticleActor.objects.select_related("actor")
    links = links.order_by("actor__sort_key", "actor_id")
    return models.Prefetch("actor_links", links.prefetch_related(*relations))
