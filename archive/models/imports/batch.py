"""Imports as the archive remembers them.

A batch is one import of one file; its entries say what became of each record, so that
it can be read, resumed and undone.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """The values are stored, so they never change."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("in progress")
    INDEXING = "indexing", _("being made searchable")
    FINISHED = "finished", _("finished")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("stopped by an error")
    UNDONE = "undone", _("undone")


class EntryResult(models.TextChoices):
    """What became of a record; a remark belongs to none of the others."""

    ADDED = "added", _("added")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    REFUSED = "refused", _("refused")
    REMARK = "remark", _("remark")


class ImportBatch(models.Model):
    """One import of one file.

    `options` are those of the import as JSON, `summary` its counts, `added_names` the
    ids of sources, topics and actors that it added. `records_read` records have been
    read and committed; an import that is resumed begins behind them. Of `to_index`
    articles `indexed` can be found.
    """

    kind = models.CharField(_("kind of records"), max_length=10, default="articles")
    file_name = models.CharField(_("file"), max_length=300)
    # The uploaded file below the data directory; empty for files of the command line.
    stored_file = models.CharField(max_length=300, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=BatchState, default=BatchState.WAITING
    )
    options = models.JSONField(default=dict, blank=True)
    is_dry_run = models.BooleanField(_("dry run"), default=False)
    summary = models.JSONField(default=dict, blank=True)
    added_names = models.JSONField(default=dict, blank=True)
    records_read = models.PositiveIntegerField(_("records read"), default=0)
    bytes_read = models.BigIntegerField(default=0)
    bytes_total = models.BigIntegerField(default=0)
    indexed = models.PositiveIntegerField(default=0)
    to_index = models.PositiveIntegerField(default=0)
    error = models.TextField(_("error"), blank=True)
    is_cancel_wanted = models.BooleanField(default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    created_at = models.DateTimeField(_("started at"), auto_now_add=True)
    # Renewed with every commit: one that has not been for long was killed.
    seen_at = models.DateTimeField(_("last seen at"), auto_now=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.file_name


class ImportEntry(models.Model):
    """What an import made of one record.

    `digest` is that of the record as the file had it: a record that was imported before
    says nothing new. `changes` are the old and the new value of each changed field;
    `notes` are refusals and remarks, as code, field and sentence.
    """

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="entries"
    )
    line = models.PositiveIntegerField(_("line"))
    result = models.CharField(_("result"), max_length=10, choices=EntryResult)
    object_id = models.BigIntegerField(null=True, db_index=True)
    identifier = models.CharField(_("identifier"), max_length=300, blank=True)
    digest = models.BigIntegerField(null=True)
    changes = models.JSONField(null=True)
    notes = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("record of an import")
        verbose_name_plural = _("records of an import")

    def __str__(self) -> str:
        return f"{self.line}: {self.result}"


class SavedMapping(models.Model):
    """The options of an import under a name, to be used again."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(_("kind of records"), max_length=10, default="articles")
    options = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("mapping of columns")
        verbose_name_plural = _("mappings of columns")

    def __str__(self) -> str:
        return self.name
