"""The text of an article that is saved by itself is compared with the archive."""

from typing import Any

from django.db.models.signals import post_save

from archive.duplicates.find import note_texts
from archive.models import Article


def compare_saved(
    instance: Article, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Receiver of ``post_save``; a text that is not loaded has not changed."""
    if not raw and "body" not in instance.get_deferred_fields():
        note_texts({instance.pk: instance.body}, new=created)


def connect_duplicates() -> None:
    """Connect the receiver; called once, when the application is ready."""
    post_save.connect(compare_saved, sender=Article, dispatch_uid="duplicates.saved")
