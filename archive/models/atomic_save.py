"""A base class whose save, with all its signal receivers, is one transaction."""

from typing import Any

from django.db import models, router, transaction


class AtomicSave(models.Model):
    """Saves the row, and whatever receivers of ``post_save`` write, in one transaction.

    Outside a transaction Django sends ``post_save`` after the commit; a process that
    died between the two would leave an article without an outbox row, hence never
    indexed. Deletions and changes of relations are atomic in Django already.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        # As in Django, where a save in a transaction fails with all of it.
        with transaction.atomic(using=using, savepoint=False):
            super().save(*args, **kwargs)
