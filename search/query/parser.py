"""The parser: lexemes to the query tree by recursive descent, one method a rule.

``term_syntax`` reads the inside of a word, ``date_syntax`` what follows ``year:``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.arabic.analyzer import surfaces
from search.arabic.tokenize import list_words
from search.errors import QuerySyntaxError, UnknownField
from search.fields import find_text_field
from search.query.alternatives import flatten, with_apart, with_joined
from search.query.ast import (
    And,
    DateRange,
    Field,
    Level,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)
from search.query.corrections import balance, replace_part
from search.query.date_fields import find_date_field
from search.query.date_syntax import list_date_texts, read_dates
from search.query.lexer import Kind, Lexeme, quote
from search.query.term_syntax import read_word, split_words

# More than any question a reader types.
MAX_WORDS: Final = 100
MAX_DEPTH: Final = 20

_LEVELS: Final = {Kind(level): level for level in Level}


class Parser:
    """One pass over the lexemes of *text*; each method reads one rule.

    A word matches at the level that stands before it, else at that of the group around
    it, else at that of the whole query; ``_level`` is the one in force.
    """

    def __init__(
        self, lexemes: list[Lexeme], text: str, level: Level, today: date | None
    ) -> None:
        self._lexemes = lexemes
        self._text = text
        self._level = level
        self._today = today
        self._at = 0
        self._depth = 0
        self._words = 0

    def parse(self) -> Query:
        """The tree of the whole text. Raises QuerySyntaxError."""
        query = self._read_or()
        if closing := self._peek():
            raise self._error_at(
                _(
                    "A parenthesis is closed that was never opened. "
                    "Remove it, or open it."
                ),
                closing,
            )
        if query is None:
            raise QuerySyntaxError(
                _("The query holds no word to look for. Write at least one."),
                fragment=self._text,
            )
        return query

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _take(self, *kinds: Kind) -> Lexeme | None:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind not in kinds:
            return None
        self._at += 1
        return lexeme

    def _error_at(
        self,
        message: str | Promise,
        lexeme: Lexeme,
        instead: str = "",
        *,
        end: int | None = None,
    ) -> QuerySyntaxError:
        """The error about the text from *lexeme* to *end*; *instead* corrects it."""
        end = lexeme.end if end is None else end
        return QuerySyntaxError(
            message,
            fragment=lexeme.text,
            correction=replace_part(self._text, lexeme.start, end, instead),
        )

    def _read_or(self) -> Query | None:
        branches = [self._read_and()]
        while operator := self._take(Kind.OR):
            branches.append(self._read_and())
            if None in branches:
                raise self._error_at(
                    _("OR needs a word on each of its sides. Add one, or remove it."),
                    operator,
                )
        return _join(Or, flatten([one for one in branches if one is not None]))

    def _read_and(self) -> Query | None:
        parts: list[Query] = []
        while self._peek() is not None:
            if self._take(Kind.AND):
                continue
            before = self._at
            part = self._read_unary()
            if part is not None:
                parts.append(part)
            if self._at == before:
                break
        return _join(And, with_joined(parts))

    def _read_unary(self) -> Query | None:
        minus, level_sign, negated = None, None, False
        while sign := self._take(Kind.NOT, *_LEVELS):
            if sign.kind is Kind.NOT:
                minus, negated = sign, not negated
            else:
                level_sign = sign
        query = self._read_primary(level_sign)
        if query is None and minus is not None:
            raise self._error_at(
                _("Nothing follows the minus or NOT. Write what must not occur."),
                minus,
            )
        if not negated or query is None:
            return query
        return query.child if isinstance(query, Not) else Not(query)

    def _read_primary(self, sign: Lexeme | None) -> Query | None:
        """A group, field, quotation or word; *sign* is the level that stands before."""
        while later := self._take(*_LEVELS):
            sign = later
        if opening := self._take(Kind.OPEN):
            return self._read_group(opening, self._level_of(sign))
        if field := self._take(Kind.FIELD):
            if name := find_date_field(field.text):
                return self._read_dates(field, name)
            return self._read_field(field, sign)
        if quoted := self._take(Kind.QUOTED):
            return self._read_quoted(quoted, sign)
        if word := self._take(Kind.WORD, Kind.ADDRESS):
            return self._read_word(word, self._level_of(sign))
        if sign is None:
            return None
        raise self._error_at(
            _("Nothing follows “%(name)s”. Write a word there.")
            % {"name": self._text[sign.start : sign.end]},
            sign,
        )

    def _level_of(self, sign: Lexeme | None) -> Level:
        return _LEVELS[sign.kind] if sign else self._level

    def _read_group(self, opening: Lexeme, level: Level) -> Query | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QuerySyntaxError(
                _("Parentheses are more than %(limit)d deep. Use fewer of them.")
                % {"limit": MAX_DEPTH},
                correction=balance(self._text, depth=MAX_DEPTH),
            )
        around, self._level = self._level, level
        query = self._read_or()
        if not self._take(Kind.CLOSE):
            raise self._error_at(
                _("A parenthesis is opened and never closed. Close it, or remove it."),
                opening,
            )
        self._level = around
        self._depth -= 1
        return query

    def _read_field(self, lexeme: Lexeme, sign: Lexeme | None) -> Query | None:
        field = find_text_field(lexeme.text)
        if field is None:
            error = self._error_at(
                _(
                    "There is no field “%(name)s”. If the colon is part of the text, "
                    "put a space after it."
                )
                % {"name": lexeme.text},
                lexeme,
                instead=lexeme.text,
            )
            raise UnknownField(
                error.message, fragment=error.fragment, correction=error.correction
            )
        following = self._peek()
        is_field = following is not None and following.kind is Kind.FIELD
        child = None if is_field else self._read_primary(sign)
        if child is None:
            raise self._error_at(
                _("Nothing follows “%(name)s:”. Write a word there.")
                % {"name": lexeme.text},
                lexeme,
            )
        return Field(field.name, child)

    def _read_dates(self, lexeme: Lexeme, name: str) -> DateRange:
        candidates = list_date_texts(name, self._lexemes[self._at :], self._text)
        if not candidates:
            raise self._error_at(
                _("No date follows “%(name)s:”. Write one, for example 1908.")
                % {"name": lexeme.text},
                lexeme,
            )
        self._count(1, lexeme)
        try:
            dates, index = read_dates(name, list(dict(candidates)), self._today)
        except QuerySyntaxError as error:
            end = dict(candidates)[error.fragment]
            raise self._date_error(error, lexeme, end) from error
        self._at += index + 1
        return replace(dates, typed=self._text[lexeme.start : candidates[index][1]])

    def _date_error(
        self, error: QuerySyntaxError, field: Lexeme, end: int
    ) -> QuerySyntaxError:
        """The error about the date of *field*, which ends at the offset *end*."""
        others = self._text[: field.start] + self._text[end:]
        instead = error.correction and f"{field.text}:{error.correction}"
        if not instead and not surfaces(others):
            instead = error.fragment
        found = self._error_at(error.message, field, instead, end=end)
        found.left_out = () if instead else (self._text[field.start : end],)
        return found

    def _read_quoted(self, lexeme: Lexeme, sign: Lexeme | None) -> Query | None:
        words = split_words(lexeme.text)
        self._count_tokens(lexeme)
        if len(words) < 2:
            # A single word in quotation marks is meant as it stands.
            level = self._level_of(sign)
            is_strict = sign or level is Level.LETTERS
            return (
                Term(words[0], level if is_strict else Level.EXACT) if words else None
            )
        if lexeme.distance is not None:
            return Near(words, lexeme.distance, self._level_of(sign))
        return with_apart(Phrase(words, self._level_of(sign)))

    def _read_word(self, lexeme: Lexeme, level: Level) -> Query | None:
        self._count_tokens(lexeme)
        if lexeme.kind is Kind.ADDRESS:
            return Term(lexeme.text, level)
        try:
            word = read_word(lexeme.text, level)
            return with_apart(word) if word else None
        except QuerySyntaxError as error:
            raise self._error_at(error.message, lexeme, error.correction) from error

    def _count_tokens(self, lexeme: Lexeme) -> None:
        """Count all words that the analyzer finds in *lexeme*; see `_count`."""
        tokens = list_words(lexeme.text)
        self._count(max(len(tokens), 1), lexeme, tokens if len(tokens) > 1 else ())

    def _count(self, words: int, lexeme: Lexeme, tokens: Sequence[str] = ()) -> None:
        """Count *words*; beyond `MAX_WORDS`, refuse and offer *tokens* that fit."""
        left = MAX_WORDS - self._words
        self._words += words
        if words > left:
            fitting = quote(" ".join(tokens[:left])) if tokens[:left] else ""
            shortened = self._text[: lexeme.start] + fitting
            raise QuerySyntaxError(
                _("The query has more than %(limit)d words. Leave some out.")
                % {"limit": MAX_WORDS},
                correction=balance(shortened, depth=MAX_DEPTH),
            )


def _join(kind: type[And] | type[Or], parts: list[Query]) -> Query | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(tuple(parts))
