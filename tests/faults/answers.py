"""Every kind of request that the engine answers, for comparing two indexes."""

from typing import Any

from search.engines.contract import EngineRequest, Word
from search.fields import CONTENT, FACETS
from search.indexing.connections import site_engine
from search.query import Term
from search.query.parse import parse
from search.request import Sort

# One query of each kind: words at each level, phrases, patterns, fields, dates.
QUERIES = (
    "بيان", "=كتاب", "√كتب", "مطبعة", '"سكة حديد الحجاز"', "title:الزنبق", "bbc",
    "-بيان", "مكت*", "م?تب", "*تب", "كتابب~", "year:1923", "actor:طه",
    "topic:History", "source:gazette", "author:طه", "الطريق NEAR القرى", "بيان OR 1948",
)  # fmt: skip
_FACETS = tuple(row.name for row in FACETS)


def ask_everything() -> list[Any]:
    """Hits in every order, facet and date counts, forms, spellings and hashes.

    Raises IndexUnavailable.
    """
    engine = site_engine()
    answers: list[Any] = [engine.status().documents, list(engine.iter_hashes())]
    for text in QUERIES:
        for sort in Sort:
            request = EngineRequest(
                query=parse(text), sort=sort, facets=_FACETS, count_dates=True
            )
            answers.append(engine.run(request))
    answers.append(list(engine.iter_ids(EngineRequest(query=parse("-عدم")))))
    for word in ("كتاب", "بيان", "القطار"):
        asked = Word(Term(word), CONTENT)
        answers.append(engine.explain([asked], most_forms=20))
        answers.append(engine.find_spellings(asked, limit=5))
    return answers
