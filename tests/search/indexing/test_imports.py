"""An import becomes searchable, tells how far it is, and can be stopped in between."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models.signals import post_save
from django.test import override_settings

from archive.importing.batches import searchable
from archive.importing.batches.jobs import STALE_INDEXING, is_stale, run_batch
from archive.importing.command import file as import_command
from archive.models import Article, BatchState, ImportBatch
from search.indexing import signals
from search.models import OutboxEntry
from tests.search.searching import search

ROWS = 40

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def batch(no_index: Path, monkeypatch: pytest.MonkeyPatch) -> ImportBatch:
    monkeypatch.setattr(signals, "FEWEST_TO_REBUILD", ROWS)
    monkeypatch.setattr(searchable, "TOLD_EVERY", 0.0)
    (no_index / "uploads").mkdir()
    rows = ({"id": str(n), "title": f"عنقاء {n}"} for n in range(ROWS))
    (no_index / "uploads/a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return ImportBatch.objects.create(
        file_name="a.jsonl",
        stored_file="uploads/a.jsonl",
        options={"defaults": {"source": "لغة العرب"}},
    )


def test_large_import_is_indexed_as_a_whole_and_says_so(batch: ImportBatch) -> None:
    seen = []

    def note(instance: ImportBatch, **kwargs: object) -> None:
        seen.append(instance.state)

    post_save.connect(note, sender=ImportBatch)
    try:
        finished = run_batch(batch.pk)
    finally:
        post_save.disconnect(note, sender=ImportBatch)
    assert BatchState.INDEXING in seen
    assert finished.state == BatchState.FINISHED
    assert (finished.indexed, finished.to_index) == (ROWS, ROWS)
    assert search("عنقاء").total == ROWS
    assert not OutboxEntry.objects.exists()


def test_stopped_indexing_keeps_the_articles_and_is_resumed(batch: ImportBatch) -> None:
    def cancel(instance: ImportBatch, **kwargs: object) -> None:
        if instance.state == BatchState.INDEXING:
            row = ImportBatch.objects.filter(pk=instance.pk)
            row.update(is_cancel_wanted=True)

    post_save.connect(cancel, sender=ImportBatch)
    try:
        stopped = run_batch(batch.pk)
    finally:
        post_save.disconnect(cancel, sender=ImportBatch)
    assert stopped.state == BatchState.CANCELLED
    assert Article.objects.count() == ROWS == OutboxEntry.objects.count()
    resumed = run_batch(batch.pk)
    assert resumed.state == BatchState.FINISHED
    assert search("عنقاء").total == ROWS == Article.objects.count()


def test_import_that_was_killed_while_indexing_is_resumed(batch: ImportBatch) -> None:
    run_batch(batch.pk)
    row = ImportBatch.objects.filter(pk=batch.pk)
    row.update(state=BatchState.INDEXING)
    batch.refresh_from_db()
    assert not is_stale(batch)
    row.update(seen_at=batch.seen_at - 2 * STALE_INDEXING)
    batch.refresh_from_db()
    assert is_stale(batch)
    assert run_batch(batch.pk).state == BatchState.FINISHED
    assert Article.objects.count() == ROWS


def test_command_that_is_interrupted_while_indexing_says_what_is_kept(
    batch: ImportBatch, no_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(**kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_command, "make_searchable", interrupt)
    words = ["import_articles", str(no_index / "uploads/a.jsonl"), "--source", "الفرات"]
    with (
        override_settings(LANGUAGE_CODE="en"),
        pytest.raises(CommandError, match="rebuild_index") as stopped,
    ):
        call_command(*words, stdout=StringIO(), verbosity=0)
    assert stopped.value.returncode == 130
    assert Article.objects.count() == ROWS
