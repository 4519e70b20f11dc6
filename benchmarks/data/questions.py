"""Questions drawn at random, with a seed, from the words of a collection."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from benchmarks.data.collection import Article
from search.arabic.analyzer import surfaces
from search.arabic.families import asked_family, base_of, family, prime
from search.arabic.normalize import fold_prefix
from search.arabic.prefixes import has_prefix
from search.date_keys import day_number

# Document frequencies as shares of all articles: of a common word, and of the words of
# AND, OR, phrases and filtered questions.
COMMON: Final = (0.05, 0.3)
MEDIUM: Final = (0.005, 0.3)
# The document frequency of a rare word.
RARE: Final = (2, 20)
# Distinct families in a headline.
HEADLINE: Final = (5, 12)
# Letters of a prefix.
PREFIX: Final = 3
SHORTEST_WORD: Final = 3
# Days before and after the date of the article that a filtered question is drawn from.
DAYS_AROUND: Final = (1, 30)
# Articles sampled to draw from.
SAMPLE_SIZE: Final = 4000
TRIES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Question:
    """A query with filters.

    ``kind`` is its class in the report, ``words`` are surface forms, ``joined`` is
    ``and``, ``or``, ``phrase`` or ``prefix``. The filters are ``source`` (``""``: none)
    and the days from ``first`` to ``last`` (yyyymmdd; 0: none).
    """

    kind: str
    words: tuple[str, ...]
    joined: str = "and"
    source: str = ""
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class _Words:
    """The words of a collection, and a sample of its articles."""

    rng: random.Random
    articles: int = 0
    sample: list[Article] = field(default_factory=list)
    # Document frequencies of word families, and all surface forms.
    frequencies: Counter[str] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)
    # Lemmas of which a form may be of another one.
    ambiguous: set[str] = field(default_factory=set)

    def add(self, article: Article) -> None:
        """Count the words of *article*, and sample it (reservoir sampling)."""
        self.articles += 1
        forms = set(surfaces(article.title)) | set(surfaces(article.body))
        self.forms |= forms
        prime(forms)
        self.frequencies.update({_lemma(form) for form in forms})
        for form in forms:
            lemmas = family(form).lemmas
            if len(lemmas) > 1:
                self.ambiguous.update(map(base_of, lemmas))
        if len(self.sample) < SAMPLE_SIZE:
            self.sample.append(article)
        elif (index := self.rng.randrange(self.articles)) < SAMPLE_SIZE:
            self.sample[index] = article

    def is_clear(self, word: str) -> bool:
        """Whether all forms of the word are of its lemma alone.

        The other engines index one family a form, so that totals of others differ.
        """
        asked = asked_family(word).lemmas
        return asked == family(word).lemmas and self.ambiguous.isdisjoint(
            map(base_of, asked)
        )

    def is_between(self, word: str, shares: tuple[float, float]) -> bool:
        """Whether the family of *word* is in such a share of articles.

        ``False`` for a short word and one with another character than a letter.
        """
        low, high = (share * self.articles for share in shares)
        frequency = self.frequencies[_lemma(word)]
        long_enough = len(word) >= SHORTEST_WORD
        is_word = long_enough and word.isalpha() and self.is_clear(word)
        return is_word and low <= frequency <= high

    def is_rare(self, word: str) -> bool:
        """Whether the family of *word* is in few articles."""
        low, high = RARE
        is_word = word.isalpha() and self.is_clear(word)
        return is_word and low <= self.frequencies[_lemma(word)] <= high

    def is_clear_prefix(self, prefix: str) -> bool:
        """Whether all forms with *prefix* have stems with it, and it is its own stem.

        Otherwise an engine that indexes stems alone cannot match the same articles, and
        Whoosh's parser, which stems prefixes too, searches for another one.
        """
        return (
            prefix.isalpha()
            and fold_prefix(prefix) == _lemma(prefix) == prefix
            and all(
                _lemma(form).startswith(prefix)
                for form in self.forms
                # The substring test is faster and rejects most forms.
                if prefix in form and has_prefix(form, prefix)
            )
        )


def _lemma(form: str) -> str:
    """The likeliest lemma of a surface form."""
    return base_of(family(form).lemmas[0])


_Draw = Callable[[_Words, Article], Question | None]


def draw_questions(
    articles: Iterable[Article], *, count: int, seed: int
) -> list[Question]:
    """*count* distinct questions of each class, the same for the same seed.

    Raises ValueError where the collection has too few words for a class.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    words = _Words(rng)
    for article in articles:
        words.add(article)
    return [
        question
        for kind, draw in _DRAWS.items()
        for question in _draw_kind(words, kind, draw, count)
    ]


def _draw_kind(words: _Words, kind: str, draw: _Draw, count: int) -> Iterator[Question]:
    drawn: dict[Question, None] = {}
    for _ in range(TRIES):
        question = draw(words, words.rng.choice(words.sample)) if words.sample else None
        if question is not None:
            drawn[question] = None
        if len(drawn) == count:
            return iter(drawn)
    raise ValueError(
        f"The collection has words for {len(drawn)} of {count} questions of the class "
        f"{kind!r}. Take more articles with --size, or ask less with --questions."
    )


def _pick(words: _Words, article: Article, count: int) -> tuple[str, ...] | None:
    """*count* words of *article* of distinct families of medium frequency."""
    by_lemma = {
        _lemma(form): form
        for form in surfaces(article.body)
        if words.is_between(form, MEDIUM)
    }
    if len(by_lemma) < count:
        return None
    return tuple(words.rng.sample(sorted(by_lemma.values()), count))


def _choose(words: _Words, candidates: Iterable[str]) -> str:
    distinct = sorted(set(candidates))
    return words.rng.choice(distinct) if distinct else ""


def _common(words: _Words, article: Article) -> Question | None:
    word = _choose(
        words, (w for w in surfaces(article.body) if words.is_between(w, COMMON))
    )
    return Question("common", (word,)) if word else None


def _rare(words: _Words, article: Article) -> Question | None:
    word = _choose(words, filter(words.is_rare, surfaces(article.body)))
    return Question("rare", (word,)) if word else None


def _and(words: _Words, article: Article) -> Question | None:
    picked = _pick(words, article, 2)
    return Question("and 2", picked) if picked else None


def _or(words: _Words, article: Article) -> Question | None:
    picked = _pick(words, article, 3)
    return Question("or 3", picked, "or") if picked else None


def _headline(words: _Words, article: Article) -> Question | None:
    low, high = HEADLINE
    by_lemma = {
        _lemma(form): form for form in surfaces(article.title) if words.is_clear(form)
    }
    if not low <= len(by_lemma) <= high:
        return None
    return Question("headline", tuple(by_lemma.values()), "or")


def _phrase(words: _Words, article: Article) -> Question | None:
    pairs = sorted(
        {
            pair
            for pair in pairwise(surfaces(article.body))
            if all(words.is_between(word, MEDIUM) for word in pair)
        }
    )
    return Question("phrase", words.rng.choice(pairs), "phrase") if pairs else None


def _prefix(words: _Words, article: Article) -> Question | None:
    word = _choose(words, (w for w in surfaces(article.body) if len(w) > PREFIX))
    prefix = word[:PREFIX]
    clear = prefix and words.is_clear_prefix(prefix)
    return Question("prefix", (prefix,), "prefix") if clear else None


def _filtered(words: _Words, article: Article) -> Question | None:
    picked = _pick(words, article, 1)
    if not picked or not article.day or not article.source:
        return None
    around = timedelta(words.rng.randint(*DAYS_AROUND))
    day = date.fromisoformat(str(article.day))
    return Question(
        "filtered",
        picked,
        source=article.source,
        first=day_number(day - around),
        last=day_number(day + around),
    )


_DRAWS: Final[dict[str, _Draw]] = {
    "common": _common,
    "rare": _rare,
    "and 2": _and,
    "or 3": _or,
    "headline": _headline,
    "phrase": _phrase,
    "prefix": _prefix,
    "filtered": _filtered,
}
KINDS: Final = tuple(_DRAWS)
