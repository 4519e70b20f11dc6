"""Finding articles with the same text, nearly so, or within a longer one.

A bucket of the database has the articles that have a key in common, a bounded number of
them, so that a text is compared with few others however large the archive is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.db import connections, router
from django.db.models import Q
from django.utils import timezone

from archive.duplicates.recent import RecentRuns
from archive.duplicates.sketch import (
    Sketch,
    compare,
    distinct_runs,
    read_sketches,
)
from archive.duplicates.words import Hashes
from archive.insertion import insert_values
from archive.models import (
    ALIKE,
    Article,
    ArticleQuerySet,
    Likeness,
    LikenessAnswer,
    SketchBucket,
    Status,
    TextSketch,
    is_part,
    telling_percent,
)

# From this share of its runs on a text is told to be in a longer one, if it has as many
# runs: shorter ones are in others by chance, by names with all their titles.
CONTAINED: Final = 0.5
FEWEST_CONTAINED: Final = 60
# Articles that a bucket takes: of a bulletin that is printed daily in the same words
# the first ones stand for all.
BUCKET_SIZE: Final = 40
# Articles that one text is compared with, those with most buckets in common.
_COMPARED: Final = 8
# Values in one statement.
_QUERY_BATCH: Final = 5_000
_DIGEST_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Found:
    """An article that is alike: its number, and two shares from 0 to 1.

    ``likeness`` is of the runs that either text has, ``contained`` of those of the
    shorter one; one of the two is high enough.
    """

    article_id: int
    likeness: float
    contained: float

    @property
    def is_part(self) -> bool:
        """Whether one of the texts is in the other, rather than alike to it."""
        return is_part(self.likeness)

    @property
    def percent(self) -> int:
        """The share that tells more, in whole percent, rounded down."""
        return telling_percent(self.likeness, self.contained)


def note_texts(
    texts: Mapping[int, str], *, new: bool = False, recent: RecentRuns | None = None
) -> dict[int, list[Found]]:
    """Compare the texts of these articles with the archive, and keep their sketches.

    The articles that each is alike, the most alike first; pairs that nobody has
    answered are noted. Of *new* articles, which have no sketch yet, none is looked for.
    A text that was compared before is left out. Who compares batch after batch gives
    the same *recent*. Call it in the transaction that writes the articles.
    """
    digests = {pk: _digest(text) for pk, text in texts.items()}
    if not new:
        digests = _changed(digests)
        _forget(digests)
    if not digests:
        return {}
    sketches = _read_all({pk: texts[pk] for pk in digests})
    candidates = _place(sketches)
    recent = RecentRuns() if recent is None else recent
    for pk, sketch in sketches.items():
        recent.add(digests[pk], sketch.runs)
    found = _compare_all(sketches, candidates, recent)
    columns = {"article": list(digests), "digest": list(digests.values())}
    insert_values(TextSketch, columns)
    _note_pairs(found)
    return found


def find_alike(text: str, visible: ArticleQuerySet) -> list[Found]:
    """The *visible* articles that *text* is alike, the most alike first."""
    (sketch,) = read_sketches([text])
    members = _read_buckets(sketch.keys)
    shared = Counter(pk for inside in members.values() for pk in inside)
    there = set(visible.filter(pk__in=shared).values_list("pk", flat=True))
    ids = [pk for pk, _ in shared.most_common() if pk in there][:_COMPARED]
    others = _read_all(dict(_bodies(ids)))
    return _compare(
        distinct_runs(sketch.runs),
        {pk: distinct_runs(each.runs) for pk, each in others.items()},
    )


def _read_all(texts: Mapping[int, str]) -> dict[int, Sketch]:
    return dict(zip(texts, read_sketches(texts.values()), strict=True))


def _digest(text: str) -> int:
    # Letters of Arabic are two bytes in memory too, so that this is a copy.
    digest = sha256(text.encode("utf-16-le", errors="surrogatepass")).digest()
    return int.from_bytes(digest[:_DIGEST_BYTES], signed=True)


def _changed(digests: Mapping[int, int]) -> dict[int, int]:
    known: dict[int, int] = {}
    for ids in _slices(list(digests)):
        rows = TextSketch.objects.filter(pk__in=ids).values_list("pk", "digest")
        known.update(rows)
    return {pk: digest for pk, digest in digests.items() if known.get(pk) != digest}


def _forget(article_ids: Collection[int]) -> None:
    """Remove what is known of the former texts; what people have answered stays."""
    for ids in _slices(list(article_ids)):
        TextSketch.objects.filter(pk__in=ids).delete()
        SketchBucket.objects.filter(article_id__in=ids).delete()
        pairs = Likeness.objects.filter(answer=LikenessAnswer.WAITING)
        pairs.filter(Q(article__in=ids) | Q(other__in=ids)).delete()


def _place(sketches: Mapping[int, Sketch]) -> dict[int, list[int]]:
    """Put the articles into their buckets; those that each shares most of them with."""
    members = _read_buckets({key for each in sketches.values() for key in each.keys})
    columns: dict[str, list[int]] = {"key": [], "article": []}
    candidates = {}
    for pk, sketch in sketches.items():
        shared: list[int] = []
        for key in sketch.keys:
            inside = members.get(key)
            if inside is None:
                inside = members[key] = []
            elif inside:
                shared += inside
            if len(inside) < BUCKET_SIZE:
                inside.append(pk)
                columns["key"].append(key)
                columns["article"].append(pk)
        if shared:
            most = Counter(shared).most_common(_COMPARED)
            candidates[pk] = [other for other, _ in most]
    insert_values(SketchBucket, columns)
    return candidates


def _read_buckets(keys: Iterable[int]) -> dict[int, list[int]]:
    """The articles in each of these buckets that has any."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    connection = connections[router.db_for_read(SketchBucket)]
    table = connection.ops.quote_name(SketchBucket._meta.db_table)
    with connection.cursor() as cursor:
        for batch in _slices(list(keys)):
            # Django would take longer to compile the values than to read the rows.
            marks = ", ".join(["%s"] * len(batch))
            cursor.execute(
                f"SELECT key, article_id FROM {table} WHERE key IN ({marks})",  # noqa: S608
                batch,
            )
            for key, pk in cursor.fetchall():
                members[key].append(pk)
    return dict(members)


def _compare_all(
    sketches: Mapping[int, Sketch],
    candidates: Mapping[int, Sequence[int]],
    recent: RecentRuns,
) -> dict[int, list[Found]]:
    others = {pk for ids in candidates.values() for pk in ids}
    known = _read_runs(others - sketches.keys(), recent)
    known.update((pk, sketch.runs) for pk, sketch in sketches.items())
    asked = (others | candidates.keys()) & known.keys()
    runs = {pk: distinct_runs(known[pk]) for pk in asked}
    found = {
        pk: _compare(runs[pk], {other: runs[other] for other in ids if other in runs})
        for pk, ids in candidates.items()
    }
    return {pk: each for pk, each in found.items() if each}


def _read_runs(article_ids: Collection[int], recent: RecentRuns) -> dict[int, Hashes]:
    """The runs of the stored texts, of those in the trash none."""
    known: dict[int, Hashes] = {}
    if recent:
        for ids in _slices(list(article_ids)):
            rows = TextSketch.objects.filter(pk__in=ids)
            rows = rows.exclude(article__status=Status.TRASH)
            for pk, digest in rows.values_list("pk", "digest"):
                runs = recent.get(digest)
                if runs is not None:
                    known[pk] = runs
    others = _read_all(dict(_bodies(article_ids - known.keys())))
    return known | {pk: sketch.runs for pk, sketch in others.items()}


def _compare(runs: Hashes, others: Mapping[int, Hashes]) -> list[Found]:
    alike = []
    for pk, each in others.items():
        both = compare(runs, each)
        is_contained = both.contained >= CONTAINED and both.runs >= FEWEST_CONTAINED
        if both.likeness >= ALIKE or is_contained:
            alike.append(Found(pk, round(both.likeness, 3), round(both.contained, 3)))
    return sorted(alike, key=lambda each: (-each.contained, each.article_id))


def _bodies(article_ids: Iterable[int]) -> Iterator[tuple[int, str]]:
    for ids in _slices(list(article_ids)):
        rows = Article.objects.filter(pk__in=ids).exclude(status=Status.TRASH)
        yield from rows.order_by().values_list("pk", "body").iterator()


def _note_pairs(found: Mapping[int, Sequence[Found]]) -> None:
    """Note the pairs that are not known yet, as waiting for an answer."""
    pairs = [(pk, each) for pk, alike in found.items() for each in alike]
    columns: dict[str, Sequence[object]] = {
        "article": [max(pk, each.article_id) for pk, each in pairs],
        "other": [min(pk, each.article_id) for pk, each in pairs],
        "likeness": [each.likeness for _, each in pairs],
        "contained": [each.contained for _, each in pairs],
        "answer": [LikenessAnswer.WAITING.value] * len(pairs),
        "found_at": [timezone.now()] * len(pairs),
    }
    insert_values(Likeness, columns, ignore_conflicts=True)


def _slices(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), _QUERY_BATCH):
        yield values[start : start + _QUERY_BATCH]
