"""A concordance as CSV: a row for each line, contexts and proclitics in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.models import Article
from search.concordance.pages import PlacedLine
from search.export.tables import write_rows


def write_table(lines: Iterable[PlacedLine], site_address: str) -> Iterator[str]:
    """The table for spreadsheets, with headings in the reader's language."""
    cells = (_cells(placed, site_address) for placed in lines)
    yield from write_rows(chain([_headings()], cells))


def _headings() -> list[str]:
    return [
        _("asked for"),
        pgettext("words beside a word", "before"),
        _("proclitics"),
        _("word"),
        pgettext("words beside a word", "after"),
        _("title"),
        _("source"),
        _("date"),
        _("number of the article"),
        _("permanent address"),
    ]


def _cells(placed: PlacedLine, site_address: str) -> list[str]:
    line, article = placed.line, placed.article
    return [
        placed.query,
        line.before,
        line.proclitics,
        line.word,
        line.after,
        " ".join(article.title.split()),
        article.source.name_ar,
        _date(article),
        str(article.pk),
        f"{site_address}{placed.address}",
    ]


def _date(article: Article) -> str:
    return article.published.iso() if article.published else ""
