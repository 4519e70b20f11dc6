"""The page of results."""

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from search.api.schemas.records import Author, Name


class Span(Schema):
    """A part of the string that it stands beside."""

    start: int
    end: int


class Excerpt(Span):
    """A passage word for word: start and end are offsets in the article's text."""

    text: str
    marks: list[Span] = Field(description=_("Offsets in the passage."))


class FormCount(Schema):
    """A form that matched, and how often."""

    form: str
    count: int


class ThroughName(Schema):
    """A name that the article was found by and that stands in none of its texts."""

    name: str
    actor: str


class Hit(Schema):
    """An article as the page of results shows it."""

    rank: int
    id: int
    url: str
    title: str
    title_marks: list[Span]
    subtitle: str
    subtitle_marks: list[Span]
    byline: str
    authors: list[Author]
    language: str
    source: Name
    published: str
    excerpts: list[Excerpt]
    forms: list[FormCount]
    counted_characters: int = Field(
        description=_(
            "Forms are counted in the beginning of so many characters; 0: in"
            " the whole text."
        )
    )
    through_names: list[ThroughName]


class Value(Schema):
    """A value of a facet with its count."""

    value: str
    label: str
    count: int
    selected: bool
    excluded: bool = False


class FacetCounts(Schema):
    """A facet: its most frequent values, and how many more there are."""

    label: str
    match_any: bool
    values: list[Value]
    hidden: int


class FacetValues(Schema):
    """All values of a facet, the most frequent first; ~ stands for having none."""

    facet: str
    label: str
    match_any: bool
    values: list[Value]


class DateCounts(Schema):
    """Hits by date, at one grain."""

    grain: str = Field(description=_("year, month or day."))
    values: list[Value]
    undated: int


class LevelArticles(Schema):
    """How many articles have a word at a level of strictness."""

    level: str
    articles: int


class FormArticles(Schema):
    """How many articles have a form."""

    form: str
    articles: int


class ReadingArticles(Schema):
    """A word of the dictionary that the word may be, with vowels."""

    word: str
    is_verb: bool
    articles: int


class WordMeaning(Schema):
    """What a word of the query stands for."""

    word: str
    levels: list[LevelArticles]
    forms: list[FormArticles]
    hidden_forms: int
    readings: list[ReadingArticles]


class DateMeaning(Schema):
    """How a date in the query was read."""

    typed: str
    days: str
    hijri: str
    notes: list[str]


class MostWords(Schema):
    """No article has all words: the hits have so many of them."""

    asked: int
    found: int


class Suggestion(Schema):
    """Another spelling of the query."""

    query: str
    articles: int


class NamedActorRow(Schema):
    """An actor that the query may name."""

    slug: str
    name: str
    other_name: str
    alias: str
    kind: str
    articles: int


class Explanation(Schema):
    """How the query was understood, and what may help."""

    words: list[WordMeaning]
    dates: list[DateMeaning]
    notices: list[str]
    most_words: MostWords | None
    suggestion: Suggestion | None
    impossible: list[str]
    named_actors: list[NamedActorRow]


class SearchAnswer(Schema):
    """A page of results: the counts and the order are those of the site's page."""

    query: str
    url: str = Field(description=_("The page of the site with the same results."))
    total: int
    page: int
    page_count: int
    hits: list[Hit]
    facets: dict[str, FacetCounts]
    dates: DateCounts
    explanation: Explanation


class ParameterProblem(Schema):
    """What is wrong with a parameter."""

    parameter: str
    detail: str


class ProblemDetails(Schema):
    """Problem details, RFC 9457."""

    type: str = Field(description=_("Names the kind of problem, and explains it."))
    title: str
    status: int
    detail: str
    errors: list[ParameterProblem] = []
    correction: str = Field("", description=_("A query that can be read."))
