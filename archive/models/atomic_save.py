"""Rows that are saved whole: `AtomicSave`."""

from typing import Any

from django.db import models, router, transaction


class AtomicSave(models.Model):
    """A row and whatever is written because it was saved, in one transaction.

    Django sends ``post_save`` after the commit of a row that is saved outside of a
    transaction. A process that died between the two would leave an article that
    nothing asks the indexer for. Deleting, and changing a relation, are whole already.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            super().save(*args, **kwargs)
