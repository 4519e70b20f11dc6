"""Files that are made in the background: what was asked, and how far it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.models.keeping import Keeper


class JobState(models.TextChoices):
    """How far a file is. The values are stored."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("in progress")
    FINISHED = "finished", _("finished")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("stopped by an error")


class JobKind(models.TextChoices):
    """What makes the file. The values are stored."""

    EXPORT = "export", _("articles")
    BATCH = "batch", _("many searches")


class Job(models.Model):
    """A file in the making, and then the file, until ``expires_at``.

    ``key`` is the secret of its link. ``request`` has all that is needed to make it, so
    that any process can. ``done`` of ``total`` articles or searches are written.
    ``articles`` are the numbers of the articles in the file, packed: a file with an
    article that has been withdrawn is given to nobody.
    """

    key = models.CharField(max_length=24, unique=True)
    keeper = models.ForeignKey(
        Keeper, on_delete=models.SET_NULL, null=True, related_name="jobs"
    )
    kind = models.CharField(max_length=10, choices=JobKind)
    title = models.TextField()
    request = models.JSONField()
    language = models.CharField(max_length=8)
    site_address = models.CharField(max_length=300)
    state = models.CharField(
        max_length=10, choices=JobState, default=JobState.WAITING, db_index=True
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # How often a process has begun it.
    attempts = models.PositiveSmallIntegerField(default=0)
    is_cancel_wanted = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    file_name = models.CharField(max_length=60, blank=True)
    content_type = models.CharField(max_length=120, blank=True)
    disposition = models.TextField(blank=True)
    size = models.BigIntegerField(default=0)
    articles = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.title}: {self.state}"
