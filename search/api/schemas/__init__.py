"""What the API answers with, as pydantic models: its OpenAPI document is made of them.

Offsets count Unicode code points from 0; an end is behind the last character. Dates are
ISO 8601 and as precise as they are known: 1923, 1923-02 or 1923-02-03; ``""`` stands
for what is not known.
"""

from search.api.schemas.records import (
    ActorList,
    ActorName,
    ActorRecord,
    ActorRow,
    ArticleList,
    ArticleRecord,
    Author,
    Coverage,
    CoverageByMonth,
    DateArticles,
    Name,
    SourceList,
    SourceMonths,
    SourceRecord,
    TopicList,
    TopicRecord,
    YearCount,
)
from search.api.schemas.results import (
    DateCounts,
    Excerpt,
    FacetCounts,
    FacetValues,
    FormCount,
    Hit,
    ProblemDetails,
    SearchAnswer,
    Span,
    WordMeaning,
)

__all__ = [
    "ActorList",
    "ActorName",
    "ActorRecord",
    "ActorRow",
    "ArticleList",
    "ArticleRecord",
    "Author",
    "Coverage",
    "CoverageByMonth",
    "DateArticles",
    "DateCounts",
    "Excerpt",
    "FacetCounts",
    "FacetValues",
    "FormCount",
    "Hit",
    "Name",
    "ProblemDetails",
    "SearchAnswer",
    "SourceList",
    "SourceMonths",
    "SourceRecord",
    "Span",
    "TopicList",
    "TopicRecord",
    "WordMeaning",
    "YearCount",
    "records",
    "results",
]
