"""The grammar of queries: lexemes to the query tree, one method a rule.

What stands within one word is read by ``word_syntax``, what stands behind ``year:``
by ``date_syntax``. Public: `Parser`, `MAX_WORDS`, `MAX_DEPTH`.
"""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.arabic.analyzer import surfaces
from search.errors import QuerySyntaxError, UnknownField
from search.fields import find_text_field
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
from search.query.corrections import balance
from search.query.date_syntax import MOST_WORDS, find_date_field, read_dates
from search.query.lexer import Kind, Lexeme, quote
from search.query.term_syntax import read_word, split_words

# More than any question a reader types.
MAX_WORDS: Final = 100
MAX_DEPTH: Final = 20

_LEVELS: Final = {
    Kind.EXACT: Level.EXACT,
    Kind.FAMILY: Level.FAMILY,
    Kind.ROOT: Level.ROOT,
}


class Parser:
    """One pass over the lexemes of *text*; each method reads one rule.

    A word matches at the level that stands before it, else at that of the group
    around it (``_level``), which is at first that of the whole query.
    """

    def __init__(self, lexemes: list[Lexeme], text: str, level: Level) -> None:
        self._lexemes = lexemes
        self._text = text
        self._level = level
        self._at = 0
        self._depth = 0
        self._words = 0

    def parse(self) -> Query:
        """The tree of the whole text. Raises QuerySyntaxError."""
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
        self,
        message: str | Promise,
        lexeme: Lexeme,
        instead: str = "",
        *,
        end: int | None = None,
    ) -> QuerySyntaxError:
        """The error about *lexeme*, with *instead* of it as the correction.

        What is replaced reaches to *end*, where that is given.
        """
        before = self._text[: lexeme.start]
        after = self._text[lexeme.end if end is None else end :]
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
        minus, mark, negated = None, None, False
        while sign := self._take(Kind.NOT, *_LEVELS):
            if sign.kind is Kind.NOT:
                minus, negated = sign, not negated
            else:
                mark = sign
        query = self._read_primary(mark)
        if query is None and minus is not None:
            raise self._slip(
                _("Nothing stands behind the minus or NOT. Write what must not occur."),
                minus,
            )
        if not negated or query is None:
            return query
        return query.child if isinstance(query, Not) else Not(query)

    def _read_primary(self, mark: Lexeme | None) -> Query | None:
        """A group, field, quotation or word; *mark* is the level that stands before."""
        while sign := self._take(*_LEVELS):
            mark = sign
        if opening := self._take(Kind.OPEN):
            return self._read_group(opening, self._level_of(mark))
        if field := self._take(Kind.FIELD):
            if name := find_date_field(field.text):
                return self._read_dates(field, name)
            return self._read_field(field, mark)
        if quoted := self._take(Kind.QUOTED):
            return self._read_quoted(quoted, mark)
        if word := self._take(Kind.WORD):
            return self._read_word(word, self._level_of(mark))
        if mark is None:
            return None
        raise self._slip(
            _("Nothing to look for stands behind “%(name)s”. Write a word there.")
            % {"name": self._text[mark.start : mark.end]},
            mark,
        )

    def _level_of(self, mark: Lexeme | None) -> Level:
        return self._level if mark is None else _LEVELS[mark.kind]

    def _read_group(self, opening: Lexeme, level: Level) -> Query | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QuerySyntaxError(
                _("Parentheses stand more than %(limit)d deep. Use fewer of them.")
                % {"limit": MAX_DEPTH},
                correction=balance(self._text, depth=MAX_DEPTH),
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

    def _read_field(self, lexeme: Lexeme, mark: Lexeme | None) -> Query | None:
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
        child = None if is_field else self._read_primary(mark)
        if child is None:
            raise self._slip(
                _("Nothing to look for stands behind “%(name)s:”. Write a word there.")
                % {"name": lexeme.text},
                lexeme,
            )
        return Field(field.name, child)

    def _read_dates(self, lexeme: Lexeme, name: str) -> DateRange:
        found = self._find_dates(MOST_WORDS[name])
        if not found:
            raise self._slip(
                _("No date stands behind “%(name)s:”. Write one, for example 1908.")
                % {"name": lexeme.text},
                lexeme,
            )
        self._count(1, lexeme)
        texts = [text for text, _end in found]
        try:
            dates, place = read_dates(name, texts)
        except QuerySyntaxError as slip:
            end = dict(found)[slip.fragment]
            others = self._text[: lexeme.start] + self._text[end:]
            instead = slip.correction and f"{lexeme.text}:{slip.correction}"
            if not instead and not surfaces(others):
                instead = slip.fragment
            raise self._slip(slip.message, lexeme, instead, end=end) from slip
        self._at += place + 1
        return dates

    def _find_dates(self, limit: int) -> list[tuple[str, int]]:
        """What may be a date, and where it ends: a quotation, or the words so far."""
        words: list[Lexeme] = []
        for lexeme in self._lexemes[self._at : self._at + limit]:
            if lexeme.kind is Kind.QUOTED and not words:
                return [(lexeme.text, lexeme.end)]
            if lexeme.kind is not Kind.WORD:
                break
            words.append(lexeme)
        return [(self._text[words[0].start : word.end], word.end) for word in words]

    def _read_quoted(self, lexeme: Lexeme, mark: Lexeme | None) -> Query | None:
        words = split_words(lexeme.text)
        self._count(len(words), lexeme, words)
        if len(words) < 2:
            # A single word in quotation marks is meant as it stands.
            level = Level.EXACT if mark is None else self._level_of(mark)
            return Term(words[0], level) if words else None
        if lexeme.distance is not None:
            return Near(words, lexeme.distance, self._level_of(mark))
        return Phrase(words, self._level_of(mark))

    def _read_word(self, lexeme: Lexeme, level: Level) -> Query | None:
        self._count(1, lexeme)
        try:
            return read_word(lexeme.text, level)
        except QuerySyntaxError as slip:
            raise self._slip(slip.message, lexeme, slip.correction) from slip

    def _count(self, words: int, lexeme: Lexeme, typed: tuple[str, ...] = ()) -> None:
        """Count the words of *lexeme*; *typed* are those of a quotation."""
        left = MAX_WORDS - self._words
        self._words += words
        if words > left:
            fitting = quote(" ".join(typed[:left])) if typed[:left] else ""
            raise QuerySyntaxError(
                _("The query has more than %(limit)d words. Leave some out.")
                % {"limit": MAX_WORDS},
                correction=balance(
                    self._text[: lexeme.start] + fitting, depth=MAX_DEPTH
                ),
            )


def _join(kind: type[And] | type[Or], found: list[Query]) -> Query | None:
    if len(found) < 2:
        return found[0] if found else None
    return kind(tuple(found))
