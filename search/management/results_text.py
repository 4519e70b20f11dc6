"""What ``manage.py search`` prints: the results page as text, or as JSON.

Public: `iter_text`, `build_json`, `Marking`, `ANGLE_QUOTES`, `BOLD`.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from archive.templatetags.display import date_text, number
from search.request import SearchRequest
from search.results.model import DateFacet, Facet, Row, SearchHelp, SearchResults

INDENT: Final = "   "
COUNT_WIDTH: Final = 8

# Would steer a terminal; no text of the archive needs them.
_CONTROLS_RE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARK_RE: Final = re.compile("<(/?)mark>")


@dataclass(frozen=True, slots=True)
class Marking:
    """What stands round a word that the query matched."""

    before: str
    after: str


ANGLE_QUOTES: Final = Marking("«", "»")
BOLD: Final = Marking("\x1b[1m", "\x1b[22m")


def plain(marked: str, marking: Marking) -> str:
    """The text of escaped HTML with its marks.

    >>> plain("<mark>دجلة</mark> &lt; الفرات", ANGLE_QUOTES)
    '«دجلة» < الفرات'
    """
    clean = _CONTROLS_RE.sub("", marked)
    # What is written in the text itself as a mark is escaped and stays as it is.
    pieces = _MARK_RE.split(clean)
    texts = [html.unescape(piece) for piece in pieces[::2]]
    ends = [marking.after if slash else marking.before for slash in pieces[1::2]]
    rest = zip(ends, texts[1:], strict=True)
    return texts[0] + "".join(end + text for end, text in rest)


def iter_text(
    found: SearchResults, *, marking: Marking, with_facets: bool
) -> Iterator[str]:
    """The lines of a page of results, in the language that is active."""
    yield _count_line(found)
    yield from _iter_help(found.help)
    for chip in found.chips:
        yield f"{chip.kind}: {chip.label}"
    for rank, row in enumerate(found.rows, found.first_rank):
        yield ""
        yield from _iter_row(rank, row, marking)
    if with_facets:
        for facet in found.facets:
            yield from _iter_facet(facet)
        yield from _iter_dates(found.dates)


def _iter_help(search_help: SearchHelp) -> Iterator[str]:
    if search_help.suggestion:
        question = pgettext("end of a question", "?")
        yield f"{_('Did you mean')} {search_help.suggestion.text}{question}"
    if relaxation := search_help.relaxation:
        sentence = ngettext(
            "No article has the %(all)s word. Each of these has %(part)s.",
            "No article has all %(all)s words. Each of these has %(part)s of them.",
            relaxation.asked,
        )
        numbers = {"all": relaxation.asked, "part": relaxation.matched}
        yield sentence % {name: number(value) for name, value in numbers.items()}
    for condition in search_help.conditions:
        without = pgettext("a condition of the search", "without %(label)s")
        label = without % {"label": condition.label}
        yield f"{number(condition.total).rjust(COUNT_WIDTH)}  {label}"
    yield from map(str, search_help.notices)


def past_end(found: SearchResults) -> str:
    """The sentence for a page that does not exist; ``""`` for one that does."""
    if found.request.page <= found.page_count:
        return ""
    values = {"page": found.request.page, "last": number(found.page_count)}
    return _("There is no page %(page)s: the results end on page %(last)s.") % values


def _count_line(found: SearchResults) -> str:
    line = ngettext(
        "%(shown)s article found", "%(shown)s articles found", found.total
    ) % {"shown": number(found.total)}
    if found.page_count == 1:
        return line
    comma = pgettext("between parts of a sentence", ",")
    part = _("of which %(first)s to %(last)s on this page") % {
        "first": number(found.first_rank),
        "last": number(found.last_rank),
    }
    return f"{line}{comma} {part}"


def _iter_row(rank: int, row: Row, marking: Marking) -> Iterator[str]:
    article = row.article
    yield f"{rank}. {plain(row.title, marking)}"
    yield f"{INDENT}[{article.pk}] {_date(row)} · {article.source}"
    for fragment in row.fragments:
        yield INDENT + plain(fragment, marking)


def _date(row: Row) -> str:
    published = row.article.published
    return date_text(published) if published else _("undated")


def _iter_facet(facet: Facet) -> Iterator[str]:
    if not facet.buckets:
        return
    yield ""
    yield str(facet.label)
    for bucket in facet.buckets:
        count = number(bucket.count).rjust(COUNT_WIDTH)
        yield f"{count}  {bucket.label} ({bucket.value})"
    if facet.hidden:
        more = ngettext("%(shown)s more", "%(shown)s more", facet.hidden)
        yield f"{'…'.rjust(COUNT_WIDTH)}  {more % {'shown': number(facet.hidden)}}"


def _iter_dates(dates: DateFacet) -> Iterator[str]:
    if not dates.buckets and not dates.undated:
        return
    yield ""
    yield _("Date")
    for bucket in dates.buckets:
        yield f"{number(bucket.count).rjust(COUNT_WIDTH)}  {bucket.label}"
    if dates.undated:
        yield f"{number(dates.undated).rjust(COUNT_WIDTH)}  {_('undated')}"


def build_json(found: SearchResults, *, with_facets: bool) -> dict[str, object]:
    """The page of results for programs; docs/exporting.md describes the keys."""
    counts = (
        {
            "facets": {facet.name: _facet_json(facet) for facet in found.facets},
            "dates": _dates_json(found.dates),
        }
        if with_facets
        else {}
    )
    relaxation, suggestion = found.help.relaxation, found.help.suggestion
    return {
        **_request_json(found.request),
        "page_count": found.page_count,
        "total": found.total,
        "most_words": (
            {"asked": relaxation.asked, "found": relaxation.matched}
            if relaxation
            else None
        ),
        "suggestion": suggestion.text if suggestion else "",
        "rows": [
            _row_json(rank, row)
            for rank, row in enumerate(found.rows, found.first_rank)
        ],
        **counts,
    }


def _request_json(request: SearchRequest) -> dict[str, object]:
    return {
        "query": request.text,
        "level": request.level.value,
        "filters": {name: list(slugs) for name, slugs in request.filters},
        "from": request.date_from,
        "to": request.date_to,
        "sort": request.sort.value,
        "page": request.page,
    }


def _row_json(rank: int, row: Row) -> dict[str, object]:
    article = row.article
    published = article.published
    return {
        "rank": rank,
        "id": article.pk,
        "address": article.get_absolute_url(),
        "title": article.title,
        "published": published.iso() if published else "",
        "date": _date(row),
        "source": {"slug": article.source.slug, "name": str(article.source)},
        "snippets": [plain(fragment, ANGLE_QUOTES) for fragment in row.fragments],
        "forms": {one.form: one.count for one in row.forms},
    }


def _facet_json(facet: Facet) -> dict[str, object]:
    return {
        "values": [
            {
                "value": bucket.value,
                "label": bucket.label,
                "count": bucket.count,
                "selected": bucket.selected,
            }
            for bucket in facet.buckets
        ],
        "hidden": facet.hidden,
    }


def _dates_json(dates: DateFacet) -> dict[str, object]:
    return {
        "grain": dates.grain,
        "values": [
            {
                "value": bucket.iso,
                "label": bucket.label,
                "count": bucket.count,
                "selected": bucket.selected,
            }
            for bucket in dates.buckets
        ],
        "undated": dates.undated,
    }
