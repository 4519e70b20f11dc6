"""A quotation against the archive: the best passage, and the verdict."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from archive.models import Article
from search.arabic.analyzer import Token
from search.engines.contract import EngineRequest
from search.indexing.connections import site_engine
from search.query import Level, MostOf, Or, Query, Term
from search.quotations.alignment import Change, Step, align
from search.quotations.splitting import FEWEST_WORDS, list_words
from search.results.rows import fetch_articles

# Articles whose texts are compared.
CANDIDATES: Final = 12
# The share of words that an altered quotation has in common with its passage at least.
LEAST_SHARE: Final = 0.5
# Words of a text that are compared; a quotation behind them is not found.
MOST_TOKENS: Final = 60_000
_KEPT: Final = frozenset({Change.SAME, Change.SPELLING})
_OWNED: Final = _KEPT | {Change.LEFT_OUT}
# «…», «...», also in brackets.
_DOTS_RE: Final = re.compile(r"…|\.{2,}|\.(?:\s\.)+")


class Verdict(StrEnum):
    """What is known of a quotation: `ABSENT` means not in this archive, no more."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    ABSENT = "absent"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation, the verdict, and the passage that it is of.

    Steps are those of `search.quotations.alignment`; offsets count from the beginning
    of title, subtitle and text, joined by line ends.
    """

    quotation: str
    verdict: Verdict
    article: Article | None = None
    steps: tuple[Step, ...] = ()

    @property
    def leaves_out(self) -> bool:
        """Whether words are left out where the quotation has dots."""
        return any(step.change is Change.LEFT_OUT for step in self.steps)

    @property
    def differs_in_spelling(self) -> bool:
        """Whether a word is spelled or vowelled otherwise than in the passage."""
        return any(step.change is Change.SPELLING for step in self.steps)


def check(quotation: str) -> Checked:
    """The verdict on *quotation*; raises QueryTooExpensive and IndexUnavailable."""
    tokens = list_words(quotation)
    if len(tokens) < FEWEST_WORDS:
        return Checked(quotation, Verdict.TOO_SHORT)
    gaps = find_gaps(quotation, tokens)
    best: tuple[int, Article, list[Step]] | None = None
    for article in _find_candidates(tokens):
        steps = align(tokens, list_words(join_text(article))[:MOST_TOKENS], gaps)
        changes = sum(step.change not in _OWNED for step in steps)
        if steps and (best is None or changes < best[0]):
            best = changes, article, steps
        if steps and not changes:
            break
    if best is None or not _is_like(best[2]):
        return Checked(quotation, Verdict.ABSENT)
    changes, article, steps = best
    verdict = Verdict.ALTERED if changes else Verdict.VERBATIM
    return Checked(quotation, verdict, article, tuple(steps))


def join_text(article: Article) -> str:
    """Title, subtitle and text, each on a line of its own."""
    return "\n".join((article.title, article.subtitle, article.body))


def _find_candidates(tokens: Sequence[Token]) -> list[Article]:
    """The articles with most of the words, the likeliest first."""
    words = tuple(dict.fromkeys(token.surface for token in tokens))
    terms = tuple(Term(word, Level.EXACT) for word in words)
    least = max(1, round(len(terms) * LEAST_SHARE))
    query: Query = MostOf(terms, least) if least > 1 else Or(terms)
    hits = site_engine().run(EngineRequest(query, limit=CANDIDATES)).hits
    articles = Article.objects.select_related("source")
    return fetch_articles(articles, [hit.article_id for hit in hits])


def find_gaps(quotation: str, tokens: Sequence[Token]) -> frozenset[int]:
    """The numbers of the words before which the quotation has dots.

    >>> from search.arabic.analyzer import analyze
    >>> text = "قال الوزير … إن المطبعة (...) وصلت"
    >>> sorted(find_gaps(text, analyze(text)))
    [2, 4]
    """
    return frozenset(
        number
        for number, (one, other) in enumerate(pairwise(tokens), 1)
        if _DOTS_RE.search(quotation, one.end, other.start)
    )


def _is_like(steps: Sequence[Step]) -> bool:
    """Whether enough words stand in the passage, two of them side by side."""
    kept = [step.change in _KEPT for step in steps]
    words = sum(bool(step.quoted) for step in steps)
    pairs = sum(one and other for one, other in pairwise(kept))
    return sum(kept) >= words * LEAST_SHARE and pairs > 0
