"""Fields that people have edited, of which their word counts more than a file's."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.conf import settings
from django.db import models

from archive.models.article import Article


class EditedField(models.Model):
    """A field of an article that a person has edited: no file overwrites it unasked.

    `field` has the name that the field has in records.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="edited_fields"
    )
    field = models.CharField(max_length=30)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "field"], name="archive_edited_field_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.field}"


# Fields of forms by those of records, where they differ.
_RECORD_FIELDS: Final[Mapping[str, str]] = {
    "mentioned": "actors",
    "writers": "author_actors",
    "issuers": "issuers",
}


def mark_edited(article: Article, form_fields: Iterable[str], user: Any = None) -> None:
    """Remember that a person has edited these fields of the article's form."""
    names = {_RECORD_FIELDS.get(name, name) for name in form_fields}
    editor = user if user is not None and user.pk else None
    EditedField.objects.bulk_create(
        [
            EditedField(article=article, field=name, edited_by=editor)
            for name in sorted(names)
        ],
        ignore_conflicts=True,
    )


def edited_fields(article_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The names of edited fields by article, without articles that have none."""
    rows = EditedField.objects.filter(article_id__in=list(article_ids))
    names: dict[int, set[str]] = {}
    for article_id, field in rows.values_list("article_id", "field"):
        names.setdefault(article_id, set()).add(field)
    return {article_id: frozenset(each) for article_id, each in names.items()}
