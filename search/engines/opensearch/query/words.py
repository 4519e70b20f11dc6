"""A word of a query as what stands at one position of a text.

Each is a query by itself (``query``), a part of a phrase (``span``), and finds the
words of the archive that it stands for (``of_words``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from search.arabic import letters as l
from search.engines.opensearch.tokens import BETWEEN, MAX_LETTERS, WITHIN, Tag, token

Json = dict[str, Any]

_NOTHING: Final[Json] = {"match_none": {}}
# What Lucene's regular expressions and wildcards give a meaning.
_REGEXP_RE: Final = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~^$-]')
_LETTER_RE: Final = re.compile(f"([^{l.DIACRITICS}])([{l.DIACRITICS}]*)")
_ANY_SIGNS: Final = f"[{l.DIACRITICS}]*"
# The field of the tokens of a word among the words of the archive.
WORD_TOKENS: Final = "tokens"


class Word:
    """Base class of what stands at a position."""

    __slots__ = ()

    def query(self, field: str, boost: float = 1.0) -> Json:
        """The query for documents that have it in *field*."""
        raise NotImplementedError

    def span(self, field: str) -> Json:
        """The span query for its positions in *field*."""
        raise NotImplementedError

    def of_words(self) -> Json:
        """The query for the words of the archive that it stands for."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class OneOf(Word):
    """Any of some tokens, which are scored as one term."""

    tokens: tuple[str, ...]

    @property
    def packed(self) -> str:
        """The tokens as the server unpacks them."""
        return BETWEEN.join(self.tokens)

    def query(self, field: str, boost: float = 1.0) -> Json:
        """A term, or Lucene's SynonymQuery, which a position of several tokens is."""
        asked = {"query": self.packed, "boost": boost}
        return {
            "match": {field: {**asked, "auto_generate_synonyms_phrase_query": False}}
        }

    def span(self, field: str) -> Json:
        """The positions of any of the tokens."""
        return _any_span([{"span_term": {field: each}} for each in self.tokens])

    def of_words(self) -> Json:
        """The words with any of the tokens."""
        return {"terms": {WORD_TOKENS: list(self.tokens)}}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Tokens that begin so, are like a pattern or within some edits.

    *kind* is ``prefix``, ``wildcard``, ``regexp`` or ``fuzzy``, of which the first
    *same* letters are not changed, the tag of a token among them.
    """

    kind: str
    text: str
    edits: int = 0
    same: int = 1

    def query(self, field: str) -> Json:
        """The multi-term query in *field*; every document that matches scores 1."""
        asked: Json = {"value": self.text, "rewrite": "constant_score"}
        if self.kind == "fuzzy":
            # Lucene counts as search.arabic.edit_distance does.
            asked |= {"fuzziness": self.edits, "prefix_length": self.same}
        elif self.kind == "regexp":
            asked["flags"] = "COMPLEMENT"
        return {self.kind: {field: asked}}

    def span(self, field: str) -> Json:
        """The positions of such tokens."""
        query = self.query(field)
        # Spans are always expanded to their terms.
        del query[self.kind][field]["rewrite"]
        return {"span_multi": {"match": query}}


@dataclass(frozen=True, slots=True)
class Like(Word):
    """Any of the tokens of some patterns."""

    patterns: tuple[Pattern, ...]

    def query(self, field: str, boost: float = 1.0) -> Json:
        """Documents with any of them, each scored 1."""
        matching = _any_query([each.query(field) for each in self.patterns])
        return {"constant_score": {"filter": matching, "boost": boost}}

    def span(self, field: str) -> Json:
        """The positions of any of them."""
        return _any_span([each.span(field) for each in self.patterns])

    def of_words(self) -> Json:
        """The words with any of them."""
        return self.query(WORD_TOKENS)


@dataclass(frozen=True, slots=True)
class Marked(Word):
    """A word that is not printed with diacritics that contradict *form*.

    *word* is the surface form or the display form; *form* is diacritized.
    """

    word: OneOf
    surface: str
    form: str

    def query(self, field: str, boost: float = 1.0) -> Json:
        """The same as ``span``: which position has what decides."""
        span = self.span(field)
        span["span_not"]["boost"] = boost
        return span

    def span(self, field: str) -> Json:
        """The positions of the word without those of contradicting diacritics."""
        asked = _contradicting(self.surface, self.form).span(field)
        return {"span_not": {"include": self.word.span(field), "exclude": asked}}

    def of_words(self) -> Json:
        """The words without regard to diacritics, which are those of an occurrence."""
        return self.word.of_words()


def prefixes(pairs: Iterator[tuple[Tag, str]]) -> Like:
    """Words with a token of one of these tags that begins so."""
    return Like(tuple(Pattern("prefix", token(tag, text)) for tag, text in pairs))


def _any_query(queries: list[Json]) -> Json:
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}}


def _any_span(spans: list[Json]) -> Json:
    return spans[0] if len(spans) == 1 else {"span_or": {"clauses": spans}}


def phrase(words: tuple[Word, ...], field: str, boost: float = 1.0) -> Json:
    """Documents with *words* next to one another, in this order."""
    if not words:
        return _NOTHING
    if len(words) == 1:
        return words[0].query(field, boost)
    plain = [word.packed for word in words if isinstance(word, OneOf)]
    if len(plain) == len(words):
        return {"match_phrase": {field: {"query": " ".join(plain), "boost": boost}}}
    clauses = [word.span(field) for word in words]
    near = {"clauses": clauses, "slop": 0, "in_order": True, "boost": boost}
    return {"span_near": near}


def near(words: tuple[Word, ...], distance: int, field: str) -> Json:
    """Documents with *words* in any order, at most *distance* from first to last."""
    clauses = [word.span(field) for word in words]
    # Lucene counts the positions between the words.
    slop = distance + 1 - len(words)
    return {"span_near": {"clauses": clauses, "slop": slop, "in_order": False}}


def _contradicting(surface: str, form: str) -> Pattern:
    """Tokens of *surface* with diacritics that contradict those of *form*."""
    allowed = "".join(
        _escape(letter) + _allowed_signs(signs)
        for letter, signs in _LETTER_RE.findall(form)
    )
    before = _escape(f"{Tag.MARKED}{surface[:MAX_LETTERS]}{WITHIN}")
    return Pattern("regexp", f"{before}[^{WITHIN}]*{WITHIN}~({allowed})")


def _allowed_signs(signs: str) -> str:
    """The diacritics that a letter may have where the query has *signs* on it.

    As ``search.arabic.diacritics.are_compatible`` has it.
    """
    if not signs:
        return _ANY_SIGNS
    vowels = signs.replace(l.SHADDA, "")
    if vowels == signs:
        return f"({signs})?"
    if not vowels:
        return f"({_ANY_SIGNS}{l.SHADDA}{_ANY_SIGNS})?"
    return f"({signs}|{l.SHADDA})?"


def _escape(text: str) -> str:
    return _REGEXP_RE.sub(r"\\\g<0>", text)
