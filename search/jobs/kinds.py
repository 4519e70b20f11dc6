"""What makes the file of each kind of job: its bytes, and what it is called."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.urls import reverse
from django.utils import timezone

from archive.references import Place
from search.batch import BatchRow, run_batch, write_batch
from search.export.entries import Entry, iter_entries
from search.export.filenames import build_disposition
from search.export.formats import find_format
from search.export.limits import TooManyArticles
from search.jobs.progress import Progress
from search.models import Job, JobKind
from search.taking import describe, read_parameters, read_taken

_CSV: Final = "text/csv; charset=utf-8; header=present"


@dataclass(slots=True)
class Making:
    """A file while it is written; ``numbers`` are the articles written so far."""

    extension: str
    content_type: str
    disposition: str
    pieces: Iterable[str | bytes] = ()
    numbers: list[int] = field(default_factory=list)


def begin(job: Job, progress: Progress) -> Making:
    """The file of *job*, to be written by going through its pieces.

    Raises NotTaken, TooManyArticles and the errors of a search.
    """
    return _KINDS[JobKind(job.kind)](job, progress)


def _begin_export(job: Job, progress: Progress) -> Making:
    asked = job.request
    kind = find_format(asked["format"], raw=asked["is_raw"])
    if kind is None:
        raise ValueError(asked["format"])
    taken = read_taken(read_parameters(asked["query_string"]))
    if taken.total > asked["most"]:
        raise TooManyArticles(taken.total, asked["most"])
    Job.objects.filter(pk=job.pk).update(total=taken.total)
    taken = replace(
        taken,
        question=job.title,
        path=asked["path"],
        notes=dict(asked["notes"]),
    )
    about = describe(taken, tuple(asked["columns"]), job.site_address)
    disposition = build_disposition(
        asked["text"],
        site=about.site_name,
        day=about.place.day,
        extension=kind.extension,
    )
    made = Making(
        kind.extension, kind.content_type, "inline" if kind.is_page else disposition
    )
    entries = _noting(progress.counting(iter_entries(taken.articles())), made)
    made.pieces = kind.write(entries, about)
    return made


def _noting(entries: Iterable[Entry], made: Making) -> Iterator[Entry]:
    for entry in entries:
        made.numbers.append(entry.article.pk)
        yield entry


def _begin_batch(job: Job, progress: Progress) -> Making:
    place = Place.today(job.site_address)
    name = f"sijill-batch-{timezone.localdate().isoformat()}.csv"
    made = Making("csv", _CSV, f'attachment; filename="{name}"')
    rows = _noting_rows(progress.counting(run_batch(job.request["queries"])), made)
    made.pieces = write_batch(rows, place, reverse("search:results"))
    return made


def _noting_rows(rows: Iterable[BatchRow], made: Making) -> Iterator[BatchRow]:
    for row in rows:
        made.numbers += [article.pk for article in row.articles]
        yield row


_KINDS: Final[Mapping[JobKind, Callable[[Job, Progress], Making]]] = {
    JobKind.EXPORT: _begin_export,
    JobKind.BATCH: _begin_batch,
}
