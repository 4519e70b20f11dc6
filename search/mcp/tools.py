"""The tools: what may be asked, and what is given. They know nothing of the protocol.

Docstrings are what the asking program is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.browsing.date_counts import count_by_year
from archive.browsing.sources import summarize_sources
from archive.browsing.subject_counts import count_by_actor
from archive.browsing.visibility import find_visible
from archive.models import Actor, ActorSpelling, Article, Named, prefetch_actor_links
from archive.names.spelling import spelling_key
from search import quotations, searcher
from search.errors import IndexUnavailable, QueryTooExpensive
from search.forms import MAX_PAGE_DIGITS, SearchForm
from search.mcp import values
from search.request import SearchRequest
from search.results.rows import read_excerpts

# Characters of a text that one call gives.
MOST_CHARACTERS: Final = 50_000
# Characters of a text with quotations.
MOST_PASTED: Final = 20_000
MOST_ACTORS: Final = 20
# SQLite's integers end at 2**63 - 1.
_MAX_ID: Final = 2**63 - 1


class ToolRefused(Exception):
    """A call that cannot be answered, with a sentence that names the remedy."""


def search(
    query: str,
    level: Literal["letters", "exact", "family", "root"] = "family",
    date_from: str = "",
    date_to: str = "",
    actor: list[str] | None = None,
    topic: list[str] | None = None,
    source: list[str] | None = None,
    sort: Literal["relevance", "newest", "oldest"] = "relevance",
    page: int = 1,
) -> values.Found:
    """Search the archive as its search box does: twenty articles with passages.

    The query is Arabic words, all of which an article must have; "…" is a phrase, -word
    excludes, OR or أو widens. Levels: letters, exact (as written), family (all forms of
    a word), root. Dates as people write them: 1923, شباط 1923. actor, topic and source
    are slugs. Passages are word for word, with their offsets in the text.
    """
    if not 0 < page < 10**MAX_PAGE_DIGITS:
        raise ToolRefused(_("Pages count from 1."))
    given = QueryDict(mutable=True)
    given.update({"q": query, "level": level, "sort": sort, "page": str(page)})
    given.update({"from": date_from, "to": date_to})
    for name, slugs in (("actor", actor), ("topic", topic), ("source", source)):
        given.setlist(name, list(slugs or ()))
    form = SearchForm(given)
    if not form.is_valid():
        said = [str(each) for errors in form.errors.values() for each in errors]
        if form.correction:
            said.append(f"{_('Did you mean')} {form.correction}")
        raise ToolRefused(" ".join(said))
    return _search(form.search_request)


def _search(request: SearchRequest) -> values.Found:
    try:
        found = searcher.run(request, language=get_language() or "ar")
    except (QueryTooExpensive, IndexUnavailable) as error:
        raise ToolRefused(str(error)) from error
    if request.page > found.page_count:
        sentence = _("The last page of this search is page %(last)s.")
        raise ToolRefused(sentence % {"last": found.page_count})
    texts = read_excerpts(found.rows)
    records = _read_articles([row.article.pk for row in found.rows])
    hits = [
        values.Hit(
            rank=rank,
            article=_record(records[row.article.pk]),
            title=_quote(records[row.article.pk], "title"),
            passages=[
                values.Quote(row.article.pk, "text", each.start, each.end, text)
                for each, text in zip(row.excerpts, texts[row.article.pk], strict=True)
            ],
        )
        for rank, row in enumerate(found.rows, found.first_rank)
        # Withdrawn in this moment.
        if row.article.pk in records
    ]
    return values.Found(found.total, request.page, found.page_count, hits)


def article(id: int, start: int = 0, length: int = 20_000) -> values.WholeArticle:
    """One published article: its record, and its text from an offset on.

    Gives at most 50,000 characters; article.characters says how long the text is.
    Withdrawn articles and drafts are refused.
    """
    found = _read_articles([id]).get(id) if 0 < id <= _MAX_ID else None
    if found is None:
        sentence = _(
            "There is no published article %(id)s. It may have been withdrawn."
        )
        raise ToolRefused(sentence % {"id": id})
    if start < 0 or not 0 < length <= MOST_CHARACTERS:
        sentence = _("“start” is at least 0, and “length” from 1 to %(most)s.")
        raise ToolRefused(sentence % {"most": MOST_CHARACTERS})
    end = min(len(found.body), start + length)
    first = min(start, end)
    return values.WholeArticle(
        article=_record(found),
        title=_quote(found, "title"),
        subtitle=_quote(found, "subtitle"),
        text=values.Quote(id, "text", first, end, found.body[first:end]),
        topics=[_name(topic) for topic in found.topics.all()],
        actors=[_name(link.actor) for link in found.actor_links.all()],
    )


def actor(name: str) -> values.Actors:
    """The actors (persons, bodies, places) with this name or slug, however spelled.

    With all their names, dates, and the number of published articles that name them.
    """
    key = spelling_key(name)
    spelled = (
        ActorSpelling.objects.filter(key=key) if key else ActorSpelling.objects.none()
    )
    slugs = Actor.objects.filter(pk__in=spelled.values("actor_id"))
    wanted = [name, *slugs.values_list("slug", flat=True)[:MOST_ACTORS]]
    actors = find_visible(Actor, wanted)
    if not actors:
        sentence = _("No published article names an actor called “%(name)s”.")
        raise ToolRefused(sentence % {"name": name})
    counts = count_by_actor(each.pk for each in actors)
    return values.Actors(
        [
            values.ActorRecord(
                name=_name(each),
                kind=each.kind,
                other_names=[alias.name for alias in each.aliases.all()],
                began=each.began,
                ended=each.ended,
                articles=counts.get(each.pk, 0),
            )
            for each in actors
        ]
    )


def coverage() -> values.Holdings:
    """What the archive holds: how many articles, of which years and sources.

    Say it with every finding: a search finds nothing of what is not held.
    """
    years, undated = count_by_year(Article.objects.published())
    return values.Holdings(
        articles=sum(years.values()) + undated,
        undated=undated,
        articles_by_year={str(year): years[year] for year in sorted(years)},
        sources=[
            values.SourceCount(
                _name(each.source), each.count, each.first_year, each.last_year
            )
            for each in summarize_sources(language=get_language() or "ar")
        ],
    )


def check_quotation(text: str) -> values.Verdicts:
    """Whether quotations stand in the archive word for word, altered, or not at all.

    Checks what stands in quotation marks, else each line. Names each word that was
    changed, added or left out; spelling and vowels are told apart from the wording.
    """
    if len(text) > MOST_PASTED:
        sentence = _("The text is longer than %(shown)s characters. Check it in parts.")
        raise ToolRefused(sentence % {"shown": MOST_PASTED})
    found = quotations.split(text)
    if not 0 < len(found) <= quotations.MOST_QUOTATIONS:
        sentence = _(
            "Give a sentence or several, each on a line, and at most %(most)s."
        )
        raise ToolRefused(sentence % {"most": quotations.MOST_QUOTATIONS})
    try:
        return values.Verdicts([_judge(quotations.check(each)) for each in found])
    except (QueryTooExpensive, IndexUnavailable) as error:
        raise ToolRefused(str(error)) from error


def _judge(checked: quotations.Checked) -> values.Verdict:
    found = checked.article
    places = [step for step in checked.steps if step.printed]
    return values.Verdict(
        quotation=checked.quotation,
        verdict=checked.verdict.value,
        article=_record(found) if found else None,
        passage=_quote_between(found, places[0].start, places[-1].end)
        if places
        else [],
        changes=[
            values.ChangedWord(
                step.change.value,
                step.quoted,
                _quote_between(found, step.start, step.end),
            )
            for step in checked.steps
            if step.change is not quotations.Change.SAME
        ],
    )


def _quote_between(found: Article | None, start: int, end: int) -> list[values.Quote]:
    """What stands between two offsets of title, subtitle and text on three lines."""
    return list(_iter_quotes(found, start, end)) if found else []


def _iter_quotes(found: Article, start: int, end: int) -> Iterator[values.Quote]:
    begins = 0
    for field, text in (
        ("title", found.title), ("subtitle", found.subtitle), ("text", found.body),
    ):  # fmt: skip
        first, last = max(start - begins, 0), min(end - begins, len(text))
        if first < last:
            yield values.Quote(found.pk, field, first, last, text[first:last])
        begins += len(text) + 1


def _read_articles(article_ids: Sequence[int]) -> dict[int, Article]:
    whole = Article.objects.published_among(article_ids).select_related("source")
    relations = "topics", "authors", prefetch_actor_links()
    return whole.prefetch_related(*relations).order_by().in_bulk()


def _record(found: Article) -> values.ArticleRecord:
    return values.ArticleRecord(
        id=found.pk,
        address=found.get_absolute_url(),
        source=_name(found.source),
        published=found.published.iso() if found.published else "",
        authors=[author.name for author in found.authors.all()],
        language=found.language,
        characters=len(found.body),
    )


def _quote(found: Article, field: Literal["title", "subtitle"]) -> values.Quote:
    text = found.title if field == "title" else found.subtitle
    return values.Quote(found.pk, field, 0, len(text), text)


def _name(row: Named) -> values.Name:
    return values.Name(row.slug, row.name_ar, row.name_latin)
