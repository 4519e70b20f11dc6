"""The query language: text to a tree of frozen nodes, and a tree back to text.

`parse` reads what a reader typed, `render` writes a tree so that `parse` reads the same
tree again, and the nodes are what each engine compiles. Nothing here knows an index.
"""

from search.query.ast import (
    And,
    BooleanQuery,
    DateRange,
    Everything,
    Field,
    Fuzzy,
    Level,
    MostOf,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    SpanQuery,
    Term,
    TermQuery,
    Wildcard,
    iter_leaves,
    walk,
)
from search.query.parse import parse
from search.query.render import render

__all__ = [
    "And",
    "BooleanQuery",
    "DateRange",
    "Everything",
    "Field",
    "Fuzzy",
    "Level",
    "MostOf",
    "Near",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "SpanQuery",
    "Term",
    "TermQuery",
    "Wildcard",
    "date_readings",
    "iter_leaves",
    "lexer",
    "parse",
    "render",
    "walk",
    "word_slots",
]
