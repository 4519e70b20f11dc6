"""Evaluates Whoosh query trees on arrays: first what matches, then how well."""

from __future__ import annotations

from dataclasses import dataclass

from whoosh import query as q

from search.engines.whoosh.codec.chunks import Array
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.scoring import Scoring
from search.engines.whoosh.index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Matches:
    """Ascending document numbers and the score of each."""

    docs: Array
    scores: Array


def evaluate(snapshot: Snapshot, query: q.Query) -> Matches:
    """The documents that match *query*, deleted ones left out, with their scores.

    Raises TypeError for a kind of query that is not known here.
    """
    matching = Matching(snapshot)
    docs = matching.find(query)
    return Matches(docs, Scoring(matching, docs).score(query))
