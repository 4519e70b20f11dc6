"""Phrases of the archive that begin with what is being typed.

What follows the typed words is read in the texts that have them most, and each phrase
is counted by the index, as the search for it counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from django.db.models.functions import Left

from archive.models import Article, Status
from search.arabic.analyzer import cached_fold
from search.arabic.display_form import display_form
from search.arabic.lexicon.function_words import is_content_word
from search.arabic.tokenize import iter_words
from search.engines.contract import EngineRequest
from search.errors import QuerySyntaxError, QueryTooExpensive
from search.indexing.connections import site_engine
from search.query import And, Level, Phrase, Prefix, Query, Term, parse

# Texts that are looked through, and characters of each.
_TEXTS: Final = 24
_CHARACTERS: Final = 1_000
# Typed words that a phrase goes on from, the last ones, and words that it may have.
_MOST_TYPED: Final = 4
_MOST_WORDS: Final = 6
# Words that a phrase grows by.
_MOST_GROWN: Final = 2
# Letters of the last word, without the article, from which texts are chosen by it, too.
_MIN_BEGINNING: Final = 3
_ARTICLE: Final = "ال"
# Folded words that no phrase ends with: the rest of a name is missing.
_NEVER_LAST: Final = frozenset(
    ("عبد", "بن", "ابن", "بنت", "ابو", "ابي", "ابا", "ام", "ذو", "ذي")
)
# Of the most used phrase, what others have to be used at least: rarer ones are chance.
_SHARE_OF_BEST: Final = 0.05
# A phrase of which so much goes on in one way goes on so.
_MOSTLY: Final = 0.6
# What one text says once is no phrase of the archive.
_MIN_OCCURRENCES: Final = 2
# Phrases that are counted.
MOST_PHRASES: Final = 3
PHRASES_CACHE_SIZE: Final = 2_048

# Printed words that stand together, without a sign between them.
_Run = list[str]


@dataclass(frozen=True, slots=True)
class FoundPhrase:
    """A phrase as it is printed, and the articles that the search for it finds."""

    text: str
    articles: int

    @property
    def query(self) -> str:
        """The phrase as a query."""
        return f"«{self.text}»"


def complete_phrase(typed: str) -> tuple[FoundPhrase, ...]:
    """At most MOST_PHRASES phrases that begin as *typed* does, the most used first.

    The last word of *typed* may be unfinished. None for what is not words alone. Kept
    while the index stays the same. Raises IndexUnavailable.
    """
    words = tuple(cached_fold(word) for word, _start, _end in iter_words(typed))[
        -_MOST_TYPED:
    ]
    if not words or not all(map(str.isalpha, typed.split())):
        return ()
    version = site_engine().version()
    find = _complete if version else _complete.__wrapped__
    return find(words, version)


@lru_cache(PHRASES_CACHE_SIZE)
def _complete(words: tuple[str, ...], _version: int) -> tuple[FoundPhrase, ...]:
    *head, last = words
    if not head and not is_content_word(last):
        return ()
    try:
        texts = _read_texts(_ask_for(head, last))
    except QueryTooExpensive:
        return ()
    followers = _count_followers(texts, head, last)
    proposals = islice(dict.fromkeys(_iter_phrases(followers)), MOST_PHRASES)
    counted = (FoundPhrase(text, count_found(f"«{text}»") or 0) for text in proposals)
    found = sorted(counted, key=lambda each: -each.articles)
    least = max(1, found[0].articles * _SHARE_OF_BEST) if found else 1
    return tuple(each for each in found if each.articles >= least)


def _ask_for(head: Sequence[str], last: str) -> Query:
    """The query for texts in which *head* may go on with *last*, perhaps unfinished."""
    if not head:
        return Term(last, Level.EXACT)
    begun: Query = Term(head[0], Level.EXACT)
    if len(head) > 1:
        begun = Phrase(tuple(head), Level.EXACT)
    if len(last.removeprefix(_ARTICLE)) < _MIN_BEGINNING:
        return begun
    return And((begun, Prefix(last, Level.EXACT)))


def _read_texts(query: Query) -> list[str]:
    """The titles and beginnings of the published articles that match best."""
    answer = site_engine().run(EngineRequest(query, limit=_TEXTS))
    ids = [hit.article_id for hit in answer.hits]
    rows = Article.objects.filter(pk__in=ids).order_by()
    return [
        f"{title}\n{opening}"
        for status, title, opening in rows.values_list(
            "status", "title", Left("body", _CHARACTERS)
        )
        if status == Status.PUBLISHED
    ]


def _iter_runs(text: str) -> Iterator[_Run]:
    """The words of *text*, parted where anything but one space is between them."""
    run: _Run = []
    written = -1
    for word, start, end in iter_words(text):
        # Words that one character stands for have the same offsets.
        if run and start >= written and text[written:start] != " ":
            yield run
            run = []
        run.append(display_form(word))
        written = end
    yield run


def _count_followers(
    texts: Sequence[str], head: Sequence[str], last: str
) -> Counter[tuple[str, ...]]:
    """How often what begins as was typed goes on in each way, word by word.

    The keys are phrases as printed, of one word more than was typed and of more.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    size = len(head) + 1
    begun = list(head)
    for text in texts:
        for run in _iter_runs(text):
            folded = list(map(cached_fold, run))
            for at in range(len(run) - size + 1):
                if folded[at : at + size - 1] != begun:
                    continue
                is_whole = folded[at + size - 1] == last
                if not is_whole and not (
                    head and folded[at + size - 1].startswith(last)
                ):
                    continue
                longest = min(len(run) - at, size + 1 + _MOST_GROWN, _MOST_WORDS)
                counts.update(
                    tuple(run[at : at + length]) for length in range(size, longest + 1)
                )
    return counts


def _iter_phrases(counts: Counter[tuple[str, ...]]) -> Iterator[str]:
    """The phrases to offer, the most frequent beginning first."""
    following: defaultdict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(
        Counter
    )
    for phrase, count in counts.items():
        following[phrase[:-1]][phrase] += count
    shortest = min(map(len, counts), default=0)
    for phrase, _count in counts.most_common():
        if len(phrase) not in (shortest, shortest + 1) or len(phrase) < 2:
            continue
        grown = _grow(phrase, counts, following)
        if grown and counts[grown] >= _MIN_OCCURRENCES:
            yield " ".join(grown)


def _grow(
    phrase: tuple[str, ...],
    counts: Counter[tuple[str, ...]],
    following: dict[tuple[str, ...], Counter[tuple[str, ...]]],
) -> tuple[str, ...]:
    """*phrase* with what mostly follows it; ``()`` where its end is missing."""
    while longer := following.get(phrase):
        [(next_phrase, count)] = longer.most_common(1)
        if count < _MOSTLY * counts[phrase] or count < _MIN_OCCURRENCES:
            break
        phrase = next_phrase
    last = cached_fold(phrase[-1])
    return phrase if is_content_word(last) and last not in _NEVER_LAST else ()


def count_found(text: str) -> int | None:
    """The articles that the query *text* finds; None where it cannot be asked."""
    try:
        request = EngineRequest(parse(text), limit=0)
        return site_engine().run(request).total
    except (QuerySyntaxError, QueryTooExpensive):
        return None
