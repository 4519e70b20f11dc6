"""What the page of a batch shows: its progress, its results and its entries."""

from django.urls import reverse

from archive.models import BatchState, EntryResult, ImportBatch, ImportEntry


def percent_read(batch: ImportBatch) -> int:
    """How much of the file was read, in percent."""
    if not batch.bytes_total:
        return 0
    return min(100, batch.bytes_read * 100 // batch.bytes_total)


def waits_for_index(batch: ImportBatch) -> bool:
    """Whether somebody has stopped the index before it had all that was imported."""
    is_stopped = batch.state == BatchState.CANCELLED
    return is_stopped and batch.indexed < batch.to_index


def count_results(batch: ImportBatch, chosen: str) -> list[dict[str, object]]:
    """The results with their numbers of records, and whether one is chosen.

    Of a dry run not all records are kept to be listed.
    """
    told = batch.summary if batch.is_dry_run else {}
    return [
        {
            "value": result.value,
            "label": result.label,
            "count": told.get(
                result.value, batch.entries.filter(result=result).count()
            ),
            "is_chosen": result.value == chosen,
        }
        for result in EntryResult
    ]


def describe_entry(entry: ImportEntry) -> dict[str, object]:
    """What the list of a batch shows of an entry."""
    address = ""
    if entry.object_id and not entry.batch.is_dry_run:
        # The kinds are the plurals of the models.
        model = entry.batch.kind.removesuffix("s")
        address = reverse(f"admin:archive_{model}_change", args=[entry.object_id])
    return {
        "line": entry.line,
        "result": entry.result,
        "label": entry.get_result_display(),
        "identifier": entry.identifier,
        "address": address,
        "number": entry.object_id,
        "fields": sorted(entry.changes or ()),
        "notes": [note[2] for note in entry.notes or ()],
    }
