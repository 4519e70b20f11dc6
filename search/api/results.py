"""A page of results as the API answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from search.api.records import build_authors, build_name
from search.api.schemas import (
    DateCounts,
    Excerpt,
    FacetCounts,
    FacetValues,
    FormCount,
    Hit,
    SearchAnswer,
    Span,
    WordMeaning,
)
from search.api.schemas.results import (
    DateMeaning,
    Explanation,
    FormArticles,
    LevelArticles,
    MostWords,
    NamedActorRow,
    ReadingArticles,
    Suggestion,
    ThroughName,
    Value,
)
from search.highlight.highlighter import Mark, get_highlighter
from search.query import Query
from search.results.facets.model import Bucket, DateFacet, Facet
from search.results.hit_rows import HitRows
from search.results.model import Row, SearchResults, WordExplanation
from search.results.rows import read_excerpts

# Makes the path of a page an address.
Absolute = Callable[[str], str]


def build_answer(found: SearchResults, url: str, absolute: Absolute) -> SearchAnswer:
    """The page of results; *url* is that of the site's page.

    Call it within `search.searcher.page_time`. Raises QueryTooExpensive.
    """
    return SearchAnswer(
        query=found.request.text,
        url=url,
        total=found.total,
        page=found.request.page,
        page_count=found.page_count,
        hits=build_hits(found, absolute),
        facets={facet.name: _build_facet(facet) for facet in found.facets},
        dates=_build_dates(found.dates),
        explanation=_build_explanation(found),
    )


def build_hits(found: SearchResults, absolute: Absolute) -> list[Hit]:
    """The hits of the page with their passages, word for word."""
    rows = found.rows.read() if isinstance(found.rows, HitRows) else found.rows
    query = found.rows.query if isinstance(found.rows, HitRows) else found.request.query
    texts = read_excerpts(rows)
    return [
        _build_hit(rank, row, texts[row.article.pk], query, absolute)
        for rank, row in enumerate(rows, found.first_rank)
    ]


def _build_hit(
    rank: int, row: Row, texts: Sequence[str], query: Query, absolute: Absolute
) -> Hit:
    article = row.article
    in_title, in_text = get_highlighter(query, field="title"), get_highlighter(query)
    return Hit(
        rank=rank,
        id=article.pk,
        url=absolute(article.get_absolute_url()),
        title=article.title,
        title_marks=_build_spans(in_title.find(article.title)),
        subtitle=article.subtitle,
        subtitle_marks=_build_spans(in_text.find(article.subtitle)),
        byline=article.byline,
        authors=build_authors(article),
        language=article.language,
        source=build_name(article.source, absolute),
        published=article.published.iso() if article.published else "",
        excerpts=[
            Excerpt(
                start=each.start,
                end=each.end,
                text=text,
                marks=[
                    Span(start=start - each.start, end=end - each.start)
                    for start, end in each.marks
                ],
            )
            for each, text in zip(row.excerpts, texts, strict=True)
        ],
        forms=[FormCount(form=each.form, count=each.count) for each in row.forms],
        counted_characters=row.counted,
        through_names=[
            ThroughName(name=hit.alias, actor=hit.actor.slug) for hit in row.aliases
        ],
    )


def _build_spans(marks: Sequence[Mark]) -> list[Span]:
    return [Span(start=mark.start, end=mark.end) for mark in marks]


def _build_facet(facet: Facet) -> FacetCounts:
    return FacetCounts(
        label=str(facet.label),
        match_any=facet.match_any,
        values=[_build_value(bucket) for bucket in facet.buckets],
        hidden=facet.hidden,
    )


def build_facet_values(facet: Facet) -> FacetValues:
    """All values of *facet*, as `search.searcher.list_facet` has them."""
    return FacetValues(
        facet=facet.name,
        label=str(facet.label),
        match_any=facet.match_any,
        values=[_build_value(bucket) for bucket in facet.buckets],
    )


def _build_value(bucket: Bucket) -> Value:
    return Value(
        value=bucket.value,
        label=str(bucket.label),
        count=bucket.count,
        selected=bucket.selected,
        excluded=bucket.excluded,
    )


def _build_dates(dates: DateFacet) -> DateCounts:
    return DateCounts(
        grain=dates.grain,
        values=[
            Value(
                value=each.iso,
                label=each.label,
                count=each.count,
                selected=each.selected,
            )
            for each in dates.counted
        ],
        undated=dates.undated,
    )


def _build_explanation(found: SearchResults) -> Explanation:
    relaxation, suggestion = found.help.relaxation, found.help.suggestion
    return Explanation(
        words=[_build_meaning(word) for word in found.help.words],
        dates=[
            DateMeaning(
                typed=each.typed,
                days=each.days,
                hijri=each.hijri,
                notes=list(map(str, each.notes)),
            )
            for each in found.date_readings
        ],
        notices=[str(notice) for notice in found.help.notices],
        most_words=(
            MostWords(asked=relaxation.asked, found=relaxation.matched)
            if relaxation
            else None
        ),
        suggestion=(
            Suggestion(query=suggestion.text, articles=suggestion.total)
            if suggestion
            else None
        ),
        impossible=list(found.impossible),
        named_actors=[
            NamedActorRow(
                slug=actor.slug,
                name=actor.label,
                other_name=actor.other,
                alias=actor.alias,
                kind=actor.kind,
                articles=actor.articles,
            )
            for actor in found.help.named_actors
        ],
    )


def _build_meaning(word: WordExplanation) -> WordMeaning:
    return WordMeaning(
        word=word.word,
        levels=[
            LevelArticles(level=each.level.value, articles=each.articles)
            for each in word.levels
        ],
        forms=[
            FormArticles(form=each.form, articles=each.articles) for each in word.forms
        ],
        hidden_forms=word.hidden,
        readings=[
            ReadingArticles(
                word=each.vowelled, is_verb=each.is_verb, articles=each.articles
            )
            for each in word.readings
        ],
    )
