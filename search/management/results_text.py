"""The results page as text, for ``manage.py search``."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from archive.templatetags.display import date_text, number
from search.results.facets.model import DateFacet, Facet
from search.results.model import NamedActor, Row, SearchHelp, SearchResults

INDENT: Final = "   "
COUNT_WIDTH: Final = 8

# Control characters could steer the terminal; no text of the archive needs them.
_CONTROLS_RE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARK_RE: Final = re.compile("<(/?)mark>")


@dataclass(frozen=True, slots=True)
class MarkTags:
    """The text before and after a mark."""

    before: str
    after: str


ANGLE_QUOTES: Final = MarkTags("«", "»")
BOLD: Final = MarkTags("\x1b[1m", "\x1b[22m")


def plain(marked: str, tags: MarkTags) -> str:
    """The text of *marked* HTML, unescaped, with *tags* in place of its marks.

    >>> plain("<mark>دجلة</mark> &lt; الفرات", ANGLE_QUOTES)
    '«دجلة» < الفرات'
    """
    clean = _CONTROLS_RE.sub("", marked)
    # Split before unescaping: a text may say "<mark>" itself, escaped as &lt;mark&gt;.
    parts = _MARK_RE.split(clean)
    texts = [html.unescape(part) for part in parts[::2]]
    ends = [tags.after if slash else tags.before for slash in parts[1::2]]
    rest = zip(ends, texts[1:], strict=True)
    return texts[0] + "".join(end + text for end, text in rest)


def iter_text(
    page: SearchResults, *, tags: MarkTags, with_facets: bool
) -> Iterator[str]:
    """The lines of a results page, in the active language."""
    yield _count_line(page)
    yield from _iter_help(page.help)
    for reading in page.date_readings:
        yield f"{reading.typed} = {reading.plain}"
    for chip in page.chips:
        yield f"{chip.kind}: {chip.text}"
    yield from page.impossible
    for rank, row in enumerate(page.rows, page.first_rank):
        yield ""
        yield from _iter_row(rank, row, tags)
    if with_facets:
        for facet in page.facets:
            yield from _iter_facet(facet)
        yield from _iter_dates(page.dates)


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
    yield from _iter_named(search_help.named_actors)


def _iter_named(actors: Sequence[NamedActor]) -> Iterator[str]:
    if not actors:
        return
    yield ngettext(
        "Are you looking for this actor?",
        "Are you looking for one of these actors?",
        len(actors),
    )
    for actor in actors:
        yield INDENT + " · ".join(filter(None, _describe(actor)))


def _describe(actor: NamedActor) -> tuple[str, ...]:
    """Name, kind, the alias that was typed, articles, and the option to narrow by."""
    alias = _("another name: %(name)s") % {"name": actor.alias} if actor.alias else ""
    articles = ngettext("%(shown)s article", "%(shown)s articles", actor.articles)
    return (
        f"{actor.label} ({actor.other})" if actor.other else actor.label,
        str(actor.kind_label),
        alias,
        articles % {"shown": number(actor.articles)},
        f"--actor {actor.slug}",
    )


def past_end(page: SearchResults) -> str:
    """The sentence for a page that does not exist; ``""`` for one that does."""
    if page.request.page <= page.page_count:
        return ""
    values = {"page": page.request.page, "last": number(page.page_count)}
    return _("There is no page %(page)s: the results end on page %(last)s.") % values


def _count_line(page: SearchResults) -> str:
    line = ngettext(
        "%(shown)s article found", "%(shown)s articles found", page.total
    ) % {"shown": number(page.total)}
    if page.page_count == 1:
        return line
    comma = pgettext("between parts of a sentence", ",")
    part = _("showing %(first)s–%(last)s") % {
        "first": number(page.first_rank),
        "last": number(page.last_rank),
    }
    return f"{line}{comma} {part}"


def _iter_row(rank: int, row: Row, tags: MarkTags) -> Iterator[str]:
    article = row.article
    yield f"{rank}. {plain(row.title, tags)}"
    yield f"{INDENT}[{article.pk}] {date_label(row)} · {article.source}"
    for fragment in row.fragments:
        yield INDENT + plain(fragment, tags)
    for hit in row.aliases:
        sentence = _("Found through the name “%(alias)s”, another name of %(actor)s.")
        yield INDENT + sentence % {"alias": hit.alias, "actor": hit.actor}


def date_label(row: Row) -> str:
    """The date of publication in the active language."""
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
    if not dates.counted and not dates.undated:
        return
    yield ""
    yield _("Date")
    for bucket in dates.counted:
        yield f"{number(bucket.count).rjust(COUNT_WIDTH)}  {bucket.label}"
    if dates.undated:
        yield f"{number(dates.undated).rjust(COUNT_WIDTH)}  {_('undated')}"
