"""Finding articles with the same or nearly the same text, by buckets in the database.

A bucket holds a bounded number of articles, so that a text is compared with few others
however large the archive is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from django.db import connections, router
from django.db.models import Q

from archive.duplicates.sketch import Runs, compare_runs, find_buckets, read_runs
from archive.insertion import insert_values
from archive.models import (
    Article,
    ArticleQuerySet,
    Likeness,
    LikenessAnswer,
    SketchBucket,
    Status,
    TextSketch,
)

# From this likeness two articles are told to be alike.
ALIKE: Final = 0.3
# Articles that a bucket takes: of a bulletin that is printed daily in the same words
# the first ones stand for all.
BUCKET_SIZE: Final = 40
# Articles that one text is compared with, those with most buckets in common.
_COMPARED: Final = 8
# Values in one statement.
_QUERY_BATCH: Final = 5_000


@dataclass(frozen=True, slots=True)
class Found:
    """An article that is alike: its number, and the likeness from ALIKE to 1."""

    article_id: int
    likeness: float


def note_texts(
    texts: Mapping[int, str], *, new: bool = False
) -> dict[int, list[Found]]:
    """Compare the texts of these articles with the archive, and keep their sketches.

    The articles that each is alike, the most alike first; pairs that nobody has
    answered are noted. Of *new* articles, which have no sketch yet, none is looked for.
    A text that was compared before is left out. Call it in the transaction that writes
    the articles.
    """
    digests = {pk: _digest(text) for pk, text in texts.items()}
    if not new:
        digests = _changed(digests)
        _forget(digests)
    if not digests:
        return {}
    runs = {pk: read_runs(texts[pk]) for pk in digests}
    buckets = {pk: find_buckets(each) for pk, each in runs.items()}
    candidates = _place(buckets)
    found = _compare_all(runs, candidates)
    columns = {"article": list(digests), "digest": list(digests.values())}
    insert_values(TextSketch, columns)
    _note_pairs(found)
    return found


def find_alike(text: str, visible: ArticleQuerySet) -> list[Found]:
    """The *visible* articles that *text* is alike, the most alike first."""
    runs = read_runs(text)
    shared = Counter(
        pk for members in _read_buckets(find_buckets(runs)).values() for pk in members
    )
    there = set(visible.filter(pk__in=shared).values_list("pk", flat=True))
    ids = [pk for pk, _ in shared.most_common() if pk in there][:_COMPARED]
    return _compare(runs, {pk: read_runs(body) for pk, body in _bodies(ids)})


def _digest(text: str) -> int:
    digest = blake2b(text.encode("utf-8", errors="surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), signed=True)


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


def _place(buckets: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Put the articles into their buckets; those that each shares most of them with."""
    members = _read_buckets({key for keys in buckets.values() for key in keys})
    columns: dict[str, list[int]] = {"key": [], "article": []}
    candidates = {}
    for pk, keys in buckets.items():
        shared: Counter[int] = Counter()
        for key in keys:
            inside = members[key]
            shared.update(inside)
            if len(inside) < BUCKET_SIZE:
                inside.append(pk)
                columns["key"].append(key)
                columns["article"].append(pk)
        candidates[pk] = [other for other, _ in shared.most_common(_COMPARED)]
    insert_values(SketchBucket, columns)
    return candidates


def _read_buckets(keys: Iterable[int]) -> defaultdict[int, list[int]]:
    """The articles in each of these buckets."""
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
    return members


def _compare_all(
    runs: Mapping[int, Runs], candidates: Mapping[int, Sequence[int]]
) -> dict[int, list[Found]]:
    others = {pk for ids in candidates.values() for pk in ids} - runs.keys()
    known = {**runs, **{pk: read_runs(body) for pk, body in _bodies(others)}}
    found = {
        pk: _compare(runs[pk], {other: known[other] for other in ids if other in known})
        for pk, ids in candidates.items()
        if ids
    }
    return {pk: each for pk, each in found.items() if each}


def _compare(runs: Runs, others: Mapping[int, Runs]) -> list[Found]:
    alike = [
        Found(pk, round(likeness, 3))
        for pk, each in others.items()
        if (likeness := compare_runs(runs, each)) >= ALIKE
    ]
    return sorted(alike, key=lambda each: (-each.likeness, each.article_id))


def _bodies(article_ids: Iterable[int]) -> Iterator[tuple[int, str]]:
    for ids in _slices(list(article_ids)):
        rows = Article.objects.filter(pk__in=ids).exclude(status=Status.TRASH)
        yield from rows.order_by().values_list("pk", "body").iterator()


def _note_pairs(found: Mapping[int, Sequence[Found]]) -> None:
    Likeness.objects.bulk_create(
        [
            Likeness(
                article_id=max(pk, each.article_id),
                other_id=min(pk, each.article_id),
                likeness=each.likeness,
            )
            for pk, alike in found.items()
            for each in alike
        ],
        ignore_conflicts=True,
    )


def _slices(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), _QUERY_BATCH):
        yield values[start : start + _QUERY_BATCH]
