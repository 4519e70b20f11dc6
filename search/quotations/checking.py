"""A quotation against the archive: the best passage, and the verdict."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from archive.models import Article
from search.arabic.analyzer import Token
from search.engines.contract import EngineRequest
from search.indexing.connections import site_engine
from search.query import Level, MostOf, Or, Phrase, Query, Term
from search.quotations.alignment import Change, Step, align, weigh
from search.quotations.splitting import FEWEST_WORDS, list_words
from search.results.rows import fetch_articles

# Articles of each query whose texts are compared.
CANDIDATES: Final = 12
# Words that are changed in a quotation as a rule, at most.
_FEW: Final = 3
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
    for article in _iter_candidates(tokens):
        steps = align(tokens, list_words(join_text(article))[:MOST_TOKENS], gaps)
        if not _is_like(steps):
            continue
        cost = weigh(steps)
        if best is None or cost < best[0]:
            best = cost, article, steps
        if not cost:
            break
    if best is None:
        return Checked(quotation, Verdict.ABSENT)
    cost, article, steps = best
    verdict = Verdict.ALTERED if cost else Verdict.VERBATIM
    return Checked(quotation, verdict, article, tuple(steps))


def join_text(article: Article) -> str:
    """Title, subtitle and text, each on a line of its own."""
    return "\n".join((article.title, article.subtitle, article.body))


def _iter_candidates(tokens: Sequence[Token]) -> Iterator[Article]:
    """The articles that may have the quotation, the likeliest first.

    Articles that have the phrase, then those that have all words but a few, then those
    that have half of them; each once. The next are asked for where those before are
    not the quotation's.
    """
    words = tuple(token.surface for token in tokens)
    terms = tuple(Term(word, Level.EXACT) for word in dict.fromkeys(words))
    seen: set[int] = set()
    for query in _iter_queries(words, terms):
        hits = site_engine().run(EngineRequest(query, limit=CANDIDATES)).hits
        new = [hit.article_id for hit in hits if hit.article_id not in seen]
        seen.update(new)
        yield from fetch_articles(Article.objects.select_related("source"), new)


def _iter_queries(words: tuple[str, ...], terms: tuple[Term, ...]) -> Iterator[Query]:
    """The queries, the strictest first."""
    yield Phrase(words, Level.EXACT)
    half = max(1, round(len(terms) * LEAST_SHARE))
    for least in sorted({half, max(half, len(terms) - _FEW)}, reverse=True):
        if least > 1:
            yield MostOf(terms, least)
        elif least == half:
            yield Or(terms)


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
