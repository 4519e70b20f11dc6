"""Query text to the query tree; ``docs/search-syntax.md`` is its manual.

All words by default; OR, AND, NOT and their Arabic spellings; phrases, fields,
prefixes, exact forms and parentheses. A slip is a QuerySyntaxError that names it,
says what to do and, where one can be told, carries a query that works.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.arabic.analyzer import surfaces
from search.arabic.letters import INVISIBLE_RANGES
from search.errors import QuerySyntaxError, UnknownField
from search.fields import find_text_field
from search.query import And, Field, Level, Near, Not, Or, Phrase, Prefix, Query, Term
from search.scanning import Kind, Lexeme, scan

# Longer than any question a reader types; a pasted article is no query.
MAX_LENGTH: Final = 1_000
MAX_WORDS: Final = 100
MAX_DEPTH: Final = 20
# One letter begins too many words to tell anything.
MIN_PREFIX: Final = 2
# Slips of one query that are mended one after the other.
MAX_CORRECTIONS: Final = 10

_WHITE_SPACE: Final = frozenset("\t\n\r\x0b\x0c\x85")
_STRAY: Final = frozenset({"Cc", "Cs", "Cn", "Co"})
_INVISIBLE_RE: Final = re.compile(f"[{INVISIBLE_RANGES}]")


def parse(text: str) -> Query:
    """The query tree of what a reader typed.

    Raises QuerySyntaxError, and UnknownField for a field that documents lack; a
    correction, where they carry one, can be parsed.

    >>> parse("نفط -غاز") == And((Term("نفط"), Not(Term("غاز"))))
    True
    """
    try:
        return _parse(text)
    except QuerySyntaxError as error:
        error.correction = _find_readable(error.correction)
        raise


def _parse(text: str) -> Query:
    _check(text)
    # Direction marks come with what is copied from a page and hide operators.
    seen = _INVISIBLE_RE.sub("", text)
    return _Parser(list(scan(seen)), seen).parse()


def _find_readable(correction: str) -> str:
    """*correction*, itself corrected where need be; ``""`` where that leads nowhere."""
    for _attempt in range(MAX_CORRECTIONS):
        if not correction:
            break
        try:
            _parse(correction)
        except QuerySyntaxError as error:
            correction = error.correction
        else:
            return correction
    return ""


def _check(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(
            _("The query has more than %(limit)d characters. Shorten it.")
            % {"limit": MAX_LENGTH}
        )
    stray = {char for char in text if _is_stray(char)}
    if stray:
        clean = "".join(" " if char in stray else char for char in text)
        raise QuerySyntaxError(
            _("The query holds characters that cannot be shown. Remove them."),
            correction=" ".join(clean.split()),
        )


def _is_stray(char: str) -> bool:
    return char not in _WHITE_SPACE and unicodedata.category(char) in _STRAY


class _Parser:
    """One pass over the lexemes; each method reads one rule of the grammar."""

    def __init__(self, lexemes: list[Lexeme], text: str) -> None:
        self._lexemes = lexemes
        self._text = text
        self._at = 0
        self._depth = 0
        self._words = 0
        # How strictly words match where nothing is said: as the group around them.
        self._level = Level.FAMILY

    def parse(self) -> Query:
        query = self._read_or()
        if closing := self._peek():
            raise self._slip(
                _(
                    "A parenthesis is closed that was never opened. "
                    "Take it away, or open it."
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

    def _slip(
        self, message: str | Promise, lexeme: Lexeme, instead: str = ""
    ) -> QuerySyntaxError:
        """The error about *lexeme*, with *instead* of it as the correction."""
        before, after = self._text[: lexeme.start], self._text[lexeme.end :]
        # -(a becomes -a, but a(b must not become one word.
        joins = bool(instead) or before[-1:].isalnum()
        gap = " " if joins and after and after[0] not in " )" else ""
        return QuerySyntaxError(
            message,
            fragment=lexeme.text,
            correction=" ".join(f"{before}{instead}{gap}{after}".split()),
        )

    def _read_or(self) -> Query | None:
        branch = self._read_and()
        found = [branch]
        while operator := self._take(Kind.OR):
            found.append(self._read_and())
            if None in found:
                raise self._slip(
                    _(
                        "OR stands without a word on both of its sides. "
                        "Add one, or take it away."
                    ),
                    operator,
                )
        return _join(Or, [one for one in found if one is not None])

    def _read_and(self) -> Query | None:
        found: list[Query] = []
        while self._peek() is not None:
            if self._take(Kind.AND):
                continue
            before = self._at
            part = self._read_unary()
            if part is not None:
                found.append(part)
            if self._at == before:
                break
        return _join(And, found)

    def _read_unary(self) -> Query | None:
        minus, negated = None, False
        while sign := self._take(Kind.NOT):
            minus, negated = sign, not negated
        query = self._read_primary(self._level)
        if minus is None:
            return query
        if query is None:
            raise self._slip(
                _("Nothing stands behind the minus or NOT. Write what must not occur."),
                minus,
            )
        if not negated:
            return query
        return query.child if isinstance(query, Not) else Not(query)

    def _read_primary(self, level: Level) -> Query | None:
        while self._take(Kind.EXACT):
            level = Level.EXACT
        if opening := self._take(Kind.OPEN):
            return self._read_group(opening, level)
        if field := self._take(Kind.FIELD):
            return self._read_field(field, level)
        if quoted := self._take(Kind.QUOTED):
            return self._read_quoted(quoted, level)
        if word := self._take(Kind.WORD):
            return self._read_word(word, level)
        return None

    def _read_group(self, opening: Lexeme, level: Level) -> Query | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QuerySyntaxError(
                _("Parentheses stand more than %(limit)d deep. Use fewer of them.")
                % {"limit": MAX_DEPTH}
            )
        around, self._level = self._level, level
        query = self._read_or()
        if not self._take(Kind.CLOSE):
            raise self._slip(
                _(
                    "A parenthesis is opened and never closed. "
                    "Close it, or take it away."
                ),
                opening,
            )
        self._level = around
        self._depth -= 1
        return query

    def _read_field(self, lexeme: Lexeme, level: Level) -> Query | None:
        field = find_text_field(lexeme.text)
        if field is None:
            slip = self._slip(
                _(
                    "There is no field “%(name)s”. If the colon is part of the text, "
                    "put a space after it."
                )
                % {"name": lexeme.text},
                lexeme,
                instead=lexeme.text,
            )
            raise UnknownField(
                slip.message, fragment=slip.fragment, correction=slip.correction
            )
        following = self._peek()
        is_field = following is not None and following.kind is Kind.FIELD
        child = None if is_field else self._read_primary(level)
        if child is None:
            raise self._slip(
                _("Nothing to look for stands behind “%(name)s:”. Write a word there.")
                % {"name": lexeme.text},
                lexeme,
            )
        return Field(field.name, child)

    def _read_quoted(self, lexeme: Lexeme, level: Level) -> Query | None:
        words = surfaces_as_typed(lexeme.text)
        self._count(len(words))
        if len(words) < 2:
            return Term(words[0], Level.EXACT) if words else None
        if lexeme.distance is not None:
            return Near(words, lexeme.distance, level)
        return Phrase(words, level)

    def _read_word(self, lexeme: Lexeme, level: Level) -> Query | None:
        self._count(1)
        text = lexeme.text.rstrip("*")
        if not surfaces(text):
            return None
        if text == lexeme.text:
            return Term(text, level)
        if len(surfaces(text)[-1]) < MIN_PREFIX:
            raise self._slip(
                _("Write at least two letters before the asterisk."),
                lexeme,
                instead=text,
            )
        return Prefix(text)

    def _count(self, words: int) -> None:
        self._words += words
        if self._words > MAX_WORDS:
            raise QuerySyntaxError(
                _("The query has more than %(limit)d words. Leave some out.")
                % {"limit": MAX_WORDS}
            )


def surfaces_as_typed(text: str) -> tuple[str, ...]:
    """The words of *text* that have a surface form, as they were typed.

    >>> surfaces_as_typed("مجلس الوُزراء !")
    ('مجلس', 'الوُزراء')
    """
    return tuple(word for word in text.split() if surfaces(word))


def _join(kind: type[And] | type[Or], found: list[Query]) -> Query | None:
    if len(found) < 2:
        return found[0] if found else None
    return kind(tuple(found))
