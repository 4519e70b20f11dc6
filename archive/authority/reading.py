"""Reading the archive, or an import, for the names of actors.

A reading proposes links, in steps that can stop anywhere; nothing is linked before
somebody accepts it, and what a reading has linked can be taken back as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from time import monotonic
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, F, QuerySet

from archive.models import (
    Actor,
    Article,
    ArticleActor,
    ChangeKind,
    EditedField,
    ImportBatch,
    ImportEntry,
    NameAnswers,
    NameReading,
    ReadLink,
    ReadLinkAnswer,
    RefusedProposal,
    Status,
    stored_spelling_key,
)
from archive.recognition.actors_in_text import FoundActor, find_actors
from archive.recognition.authority import Authority, load_answers, load_authority
from archive.signals import articles_written
from archive.versions import Made, recording

# Articles in memory at a time.
_BATCH: Final = 100
_AROUND: Final = 60
_LONGEST_QUOTE: Final = 200
_IDS: Final = 500


def begin_reading(
    *,
    actor: Actor | None = None,
    batch: ImportBatch | None = None,
    user_id: int | None = None,
) -> NameReading:
    """A new reading for *actor*, or all actors, of *batch*, or the whole archive."""
    reading = NameReading(actor=actor, batch=batch, began_by_id=user_id)
    reading.total = _articles_of(reading).count()
    reading.save()
    return reading


def read_on(reading: NameReading, *, seconds: float | None = None) -> None:
    """Go on with *reading* until it is finished, or for about so many seconds.

    Each step of some articles is a transaction of its own.
    """
    authority = load_authority()
    actor_ids = {reading.actor_id} if reading.actor_id else set(authority.kinds)
    memory = load_answers(actor_ids) if len(actor_ids) == 1 else _load_all_answers()
    end = monotonic() + seconds if seconds is not None else None
    while not reading.is_finished:
        _read_step(reading, authority, memory)
        if end is not None and monotonic() >= end:
            return


def _load_all_answers() -> Any:
    actors = NameAnswers.objects.order_by().values_list("actor_id", flat=True)
    return load_answers(set(actors))


def _articles_of(reading: NameReading) -> QuerySet[Article]:
    articles = Article.objects.exclude(status=Status.TRASH)
    if reading.batch_id:
        entries = ImportEntry.objects.filter(batch=reading.batch_id)
        articles = articles.filter(pk__in=entries.values("object_id"))
    return articles


@transaction.atomic
def _read_step(reading: NameReading, authority: Authority, memory: Any) -> None:
    rows = _articles_of(reading).filter(pk__gt=reading.last_id).order_by("pk")
    texts = list(rows.values_list("pk", "title", "subtitle", "body")[:_BATCH])
    ids = [pk for pk, *_ in texts]
    known = _linked_or_refused(ids)
    links = [
        link
        for pk, *parts in texts
        for link in _propose(reading, pk, "\n\n".join(parts), authority, memory)
        if (pk, link.actor_id) not in known
    ]
    ReadLink.objects.bulk_create(links, ignore_conflicts=True)
    reading.read += len(texts)
    reading.last_id = ids[-1] if ids else reading.last_id
    reading.is_finished = len(texts) < _BATCH
    reading.save()


def _linked_or_refused(article_ids: Collection[int]) -> set[tuple[int, int]]:
    links = ArticleActor.objects.filter(article_id__in=article_ids)
    refused = RefusedProposal.objects.filter(article_id__in=article_ids, field="actor")
    return {
        *links.values_list("article_id", "actor_id"),
        *((pk, int(value)) for pk, value in refused.values_list("article_id", "value")),
    }


def _propose(
    reading: NameReading, article_id: int, text: str, authority: Authority, memory: Any
) -> Iterator[ReadLink]:
    found = find_actors(text, authority.table, kinds=authority.kinds, memory=memory)
    for actor in found:
        for pk in actor.actor_ids:
            if reading.actor_id in (None, pk):
                yield _build_link(reading, article_id, pk, text, actor)


def _build_link(
    reading: NameReading, article_id: int, pk: int, text: str, actor: FoundActor
) -> ReadLink:
    passage = actor.passages[0]
    quote = text[max(0, passage.start - _AROUND) : passage.end + _AROUND]
    return ReadLink(
        reading=reading,
        article_id=article_id,
        actor_id=pk,
        quote=" ".join(quote.split())[:_LONGEST_QUOTE],
        key=stored_spelling_key(passage.text),
        ticked=actor.ticked,
    )


@transaction.atomic
def accept_links(
    reading: NameReading,
    link_ids: Collection[int] | None = None,
    *,
    user_id: int | None = None,
) -> int:
    """Link what waits, of *link_ids* or all that is ticked; how many links were made.

    Actors that have come to be linked otherwise since are not counted.
    """
    waiting = reading.links.filter(answer=ReadLinkAnswer.WAITING)
    chosen = waiting.filter(ticked=True) if link_ids is None else _of(waiting, link_ids)
    rows = list(chosen)
    known = _linked_or_refused({row.article_id for row in rows})
    new = [row for row in rows if (row.article_id, row.actor_id) not in known]
    made = Made(ChangeKind.READING, user_id)
    with recording({row.article_id for row in new}, made):
        ArticleActor.objects.bulk_create(
            ArticleActor(article_id=row.article_id, actor_id=row.actor_id)
            for row in new
        )
    EditedField.objects.bulk_create(
        [EditedField(article_id=row.article_id, field="actors") for row in new],
        ignore_conflicts=True,
    )
    _answer(reading, new, ReadLinkAnswer.ACCEPTED)
    stale = {row.pk for row in rows} - {row.pk for row in new}
    reading.links.filter(pk__in=stale).delete()
    _tell(row.article_id for row in new)
    return len(new)


@transaction.atomic
def refuse_links(reading: NameReading, link_ids: Collection[int]) -> int:
    """Refuse what waits of *link_ids*; it is not proposed for these articles again."""
    rows = list(_of(reading.links.filter(answer=ReadLinkAnswer.WAITING), link_ids))
    _answer(reading, rows, ReadLinkAnswer.REFUSED)
    RefusedProposal.objects.bulk_create(
        [
            RefusedProposal(
                article_id=row.article_id, field="actor", value=str(row.actor_id)
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    return len(rows)


@transaction.atomic
def undo_reading(reading: NameReading, *, user_id: int | None = None) -> int:
    """Take back all links that *reading* has made; how many there were.

    Links to which somebody has given another role since stay. The links wait again.
    """
    rows = list(reading.links.filter(answer=ReadLinkAnswer.ACCEPTED))
    made = Made(ChangeKind.UNDOING, user_id)
    with recording({row.article_id for row in rows}, made):
        removed = sum(_unlink(row) for row in rows)
    reading.links.filter(answer=ReadLinkAnswer.ACCEPTED).update(
        answer=ReadLinkAnswer.WAITING
    )
    _tell(row.article_id for row in rows)
    return removed


def _unlink(row: ReadLink) -> int:
    """Remove the link that was made, and take back the answer; links removed."""
    links = ArticleActor.objects.filter(
        article_id=row.article_id, actor_id=row.actor_id, role="mentioned"
    )
    answers = NameAnswers.objects.filter(actor_id=row.actor_id, key=row.key)
    answers.filter(accepted__gt=0).update(accepted=F("accepted") - 1)
    return links.delete()[0]


def count_links(reading: NameReading) -> dict[str, int]:
    """The links of *reading* by answer; an answer that none has is absent."""
    rows = reading.links.order_by().values("answer").annotate(number=Count("pk"))
    return {row["answer"]: row["number"] for row in rows}


def _of(links: QuerySet[ReadLink], link_ids: Collection[int]) -> Iterator[ReadLink]:
    """Those of the links with these ids, in batches that every database takes."""
    ordered = sorted(link_ids)
    for start in range(0, len(ordered), _IDS):
        yield from links.filter(pk__in=ordered[start : start + _IDS])


def _answer(reading: NameReading, rows: list[ReadLink], answer: ReadLinkAnswer) -> None:
    """Note the answer, and count it for the names."""
    for start in range(0, len(rows), _IDS):
        ids = [row.pk for row in rows[start : start + _IDS]]
        reading.links.filter(pk__in=ids).update(answer=answer)
    pairs = {(row.actor_id, row.key) for row in rows}
    NameAnswers.objects.bulk_create(
        [NameAnswers(actor_id=pk, key=key) for pk, key in sorted(pairs)],
        ignore_conflicts=True,
    )
    column = "accepted" if answer == ReadLinkAnswer.ACCEPTED else "refused"
    for (pk, key), number in Counter((row.actor_id, row.key) for row in rows).items():
        known = NameAnswers.objects.filter(actor_id=pk, key=key)
        known.update(**{column: F(column) + number})


def _tell(article_ids: Iterable[int]) -> None:
    ids = sorted(set(article_ids))
    if ids:
        articles_written.send(sender=Article, article_ids=ids)
