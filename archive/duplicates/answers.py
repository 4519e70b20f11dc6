"""What people say of articles that are alike, and the reprints of an article."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from archive.models import Article, ArticleQuerySet, Likeness, LikenessAnswer, Status


def list_waiting() -> QuerySet[Likeness]:
    """The pairs that wait for an answer, without those of which one is in the trash."""
    waiting = Likeness.objects.filter(answer=LikenessAnswer.WAITING)
    return waiting.exclude(
        Q(article__status=Status.TRASH) | Q(other__status=Status.TRASH)
    )


def answer_pairs(
    pair_ids: Collection[int], answer: LikenessAnswer, *, user: Any
) -> int:
    """Answer these pairs; how many there were."""
    pairs = Likeness.objects.filter(pk__in=pair_ids)
    return pairs.update(answer=answer, answered_by=user)


def list_reprints(article: Article, visible: ArticleQuerySet) -> list[Article]:
    """The *visible* articles that are linked with *article* as one text, by date.

    Those that are linked with one of them are, too.
    """
    known, asked = {article.pk}, {article.pk}
    while asked:
        linked = Likeness.objects.filter(answer=LikenessAnswer.REPRINT)
        pairs = linked.filter(Q(article__in=asked) | Q(other__in=asked))
        found = {pk for pair in pairs.values_list("article", "other") for pk in pair}
        asked = found - known
        known |= asked
    if len(known) == 1:
        return []
    others = visible.filter(pk__in=known - {article.pk}).select_related("source")
    dated = others.defer("body").order_by("published_on", "pk")
    return list(dated)
