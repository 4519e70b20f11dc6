"""Versions of articles: what each change has replaced, by whom, when and how."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from archive.models.article import Article
from archive.models.imports import ImportBatch


class ChangeKind(models.TextChoices):
    """What has changed an article. The values are stored."""

    FORM = "form", pgettext_lazy("change of an article", "edited")
    STATUS = "status", pgettext_lazy("change of an article", "status changed")
    IMPORT = "import", pgettext_lazy("change of an article", "corrected by an import")
    BULK = "bulk", pgettext_lazy("change of an article", "edited with others")
    READING = "reading", pgettext_lazy("change of an article", "read for names")
    MERGE = "merge", pgettext_lazy("change of an article", "records of actors merged")
    NAMES = "names", pgettext_lazy("change of an article", "a name was deleted")
    UNDOING = "undoing", pgettext_lazy("change of an article", "a change was undone")
    RESTORED = "restored", pgettext_lazy("change of an article", "restored")
    PROGRAM = "program", pgettext_lazy("change of an article", "changed by a program")


class ArticleChange(models.Model):
    """A change of an article, by which it came to have another version.

    ``former`` has what the change replaced, by field: columns as JSON values, topics as
    a list of ids, actors as pairs of id and role, authors as pairs of name and actor's
    id. The newest version is the article itself; an older one is read by going back
    through the changes, so that an article that nobody has changed costs nothing.
    ``names`` are the names that the ids of ``former`` had, by field and id.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(max_length=10, choices=ChangeKind)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The version that was restored; NULL where none was.
    restored = models.PositiveIntegerField(null=True)
    former = models.JSONField()
    names = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        # Rights are those of the article.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.article_id}: {self.kind}"
