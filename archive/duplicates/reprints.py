"""The reprints of an article as readers see them: before it, after it, or undated."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.duplicates.answers import list_reprints
from archive.models import Article


@dataclass(frozen=True, slots=True)
class Reprints:
    """Pairs of a label and published articles, in the order of the page."""

    groups: tuple[tuple[str | Promise, tuple[Article, ...]], ...] = ()


def find_reprints(article: Article) -> Reprints:
    """The published articles that were linked with *article* as one text."""
    before, after, undated = [], [], []
    for other in list_reprints(article, Article.objects.published()):
        if other.published is None or article.published is None:
            undated.append(other)
        elif other.published.first_day() < article.published.first_day():
            before.append(other)
        else:
            after.append(other)
    labelled = (
        (_("Printed before in"), tuple(before)),
        (_("Printed again in"), tuple(after)),
        (_("Also printed in"), tuple(undated)),
    )
    return Reprints(tuple(group for group in labelled if group[1]))
