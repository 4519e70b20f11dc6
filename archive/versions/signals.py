"""Receivers that record what is saved and deleted by whoever records nothing."""

from django.db.models.signals import pre_delete, pre_save

from archive.models import Actor, Article, Topic
from archive.versions.record import record_lost_links, record_saved


def connect_versions() -> None:
    """Connect the receivers; called once, when the application is ready."""
    pre_save.connect(record_saved, sender=Article, dispatch_uid="versions.saved")
    for model in (Actor, Topic):
        pre_delete.connect(
            record_lost_links, sender=model, dispatch_uid=f"versions.{model.__name__}"
        )
