"""Draws the questions from the collection's own words, seeded.

Public: `draw_questions`, `KINDS`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from benchmarks.data.collection import Article
from search.arabic.analyzer import cached_stem, surfaces
from search.arabic.normalize import fold_prefix
from search.arabic.prefixes import has_prefix
from search.date_keys import day_number

# Shares of all articles that the words of a class occur in.
COMMON: Final = (0.05, 0.3)
MIDDLING: Final = (0.005, 0.3)
# Articles that a rare word occurs in.
RARE: Final = (2, 20)
HEADLINE: Final = (5, 12)
PREFIX: Final = 3
SHORTEST_WORD: Final = 3
# Days round the day of the article that a filtered question is drawn from.
AROUND: Final = (1, 30)
# Articles kept to draw from, and how often a draw is tried.
KEPT: Final = 4000
TRIES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Question:
    """A search: ``kind`` is its class, ``words`` are surface forms.

    ``joined`` is ``and``, ``or``, ``phrase`` or ``prefix``; ``source``, ``first`` and
    ``last`` (yyyymmdd) narrow it.
    """

    kind: str
    words: tuple[str, ...]
    joined: str = "and"
    source: str = ""
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class _Words:
    """What is known of the collection: some articles, and all their words."""

    rng: random.Random
    articles: int = 0
    kept: list[Article] = field(default_factory=list)
    # Articles by word family, and the forms of all.
    spread: Counter[str] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)

    def add(self, article: Article) -> None:
        """Count the words of *article*, and keep it as likely as any other."""
        self.articles += 1
        found = set(surfaces(article.title)) | set(surfaces(article.body))
        self.forms |= found
        self.spread.update({cached_stem(form) for form in found})
        if len(self.kept) < KEPT:
            self.kept.append(article)
        elif (at := self.rng.randrange(self.articles)) < KEPT:
            self.kept[at] = article

    def lies(self, word: str, shares: tuple[float, float]) -> bool:
        """Whether *word* is in such a share of the articles, and long enough."""
        low, high = (share * self.articles for share in shares)
        spread = self.spread[cached_stem(word)]
        return len(word) >= SHORTEST_WORD and word.isalpha() and low <= spread <= high

    def is_rare(self, word: str) -> bool:
        """Whether *word* is in few articles."""
        low, high = RARE
        return word.isalpha() and low <= self.spread[cached_stem(word)] <= high

    def is_clear_beginning(self, prefix: str) -> bool:
        """Whether words that begin so have families that do, and no ending comes off.

        Otherwise an engine with stems alone could not find the same articles, and
        Whoosh's parser, which stems beginnings too, would look for others.
        """
        return (
            prefix.isalpha()
            and fold_prefix(prefix) == cached_stem(prefix) == prefix
            and all(
                cached_stem(form).startswith(prefix)
                for form in self.forms
                # The first test is there for its speed.
                if prefix in form and has_prefix(form, prefix)
            )
        )


_Draw = Callable[[_Words, Article], Question | None]


def draw_questions(
    articles: Iterable[Article], *, count: int, seed: int
) -> list[Question]:
    """*count* questions of each class, none twice, the same for the same seed.

    Raises ValueError where the collection has too few words for a class.
    """
    rng = random.Random(seed)  # noqa: S311 - chance, not secrecy
    words = _Words(rng)
    for article in articles:
        words.add(article)
    return [
        question
        for kind, draw in _DRAWS.items()
        for question in _draw_kind(words, kind, draw, count)
    ]


def _draw_kind(words: _Words, kind: str, draw: _Draw, count: int) -> Iterator[Question]:
    found: dict[Question, None] = {}
    for _ in range(TRIES):
        question = draw(words, words.rng.choice(words.kept)) if words.kept else None
        if question is not None:
            found[question] = None
        if len(found) == count:
            return iter(found)
    raise ValueError(
        f"The collection has words for {len(found)} of {count} questions of the class "
        f"{kind!r}. Take more articles with --size, or ask less with --questions."
    )


def _pick(words: _Words, article: Article, many: int) -> tuple[str, ...] | None:
    """So many words of *article* of different families, of middling spread."""
    by_stem = {
        cached_stem(form): form
        for form in surfaces(article.body)
        if words.lies(form, MIDDLING)
    }
    if len(by_stem) < many:
        return None
    return tuple(words.rng.sample(sorted(by_stem.values()), many))


def _choose(words: _Words, fitting: Iterable[str]) -> str:
    found = sorted(set(fitting))
    return words.rng.choice(found) if found else ""


def _common(words: _Words, article: Article) -> Question | None:
    word = _choose(words, (w for w in surfaces(article.body) if words.lies(w, COMMON)))
    return Question("common", (word,)) if word else None


def _rare(words: _Words, article: Article) -> Question | None:
    word = _choose(words, filter(words.is_rare, surfaces(article.body)))
    return Question("rare", (word,)) if word else None


def _both(words: _Words, article: Article) -> Question | None:
    found = _pick(words, article, 2)
    return Question("and 2", found) if found else None


def _any(words: _Words, article: Article) -> Question | None:
    found = _pick(words, article, 3)
    return Question("or 3", found, "or") if found else None


def _headline(words: _Words, article: Article) -> Question | None:
    low, high = HEADLINE
    by_stem = {cached_stem(form): form for form in surfaces(article.title)}
    fits = low <= len(by_stem) <= high
    return Question("headline", tuple(by_stem.values()), "or") if fits else None


def _phrase(words: _Words, article: Article) -> Question | None:
    pairs = sorted(
        {
            pair
            for pair in pairwise(surfaces(article.body))
            if all(words.lies(word, MIDDLING) for word in pair)
        }
    )
    return Question("phrase", words.rng.choice(pairs), "phrase") if pairs else None


def _prefix(words: _Words, article: Article) -> Question | None:
    word = _choose(words, (w for w in surfaces(article.body) if len(w) > PREFIX))
    start = word[:PREFIX]
    clear = start and words.is_clear_beginning(start)
    return Question("prefix", (start,), "prefix") if clear else None


def _filtered(words: _Words, article: Article) -> Question | None:
    found = _pick(words, article, 1)
    if not found or not article.day or not article.source:
        return None
    around = timedelta(words.rng.randint(*AROUND))
    day = date.fromisoformat(str(article.day))
    return Question(
        "filtered",
        found,
        source=article.source,
        first=day_number(day - around),
        last=day_number(day + around),
    )


_DRAWS: Final[dict[str, _Draw]] = {
    "common": _common,
    "rare": _rare,
    "and 2": _both,
    "or 3": _any,
    "headline": _headline,
    "phrase": _phrase,
    "prefix": _prefix,
    "filtered": _filtered,
}
KINDS: Final = tuple(_DRAWS)
