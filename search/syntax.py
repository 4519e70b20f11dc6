"""Query text to the query tree and back; ``docs/search-syntax.md`` is its manual.

All words by default; OR, AND, NOT and their Arabic spellings; phrases, fields,
prefixes, exact forms and parentheses. A slip is a QuerySyntaxError that names it,
says what to do and, where one can be told, carries a query that works.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy as _

from search.arabic.analyzer import surfaces
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

_WHITE_SPACE: Final = frozenset("\t\n\r\x0b\x0c\x85")
_STRAY: Final = frozenset({"Cc", "Cs", "Cn", "Co"})


def parse(text: str) -> Query:
    """The query tree of what a reader typed.

    Raises QuerySyntaxError, and UnknownField for a field that documents lack.

    >>> parse("نفط -غاز") == And((Term("نفط"), Not(Term("غاز"))))
    True
    """
    _check(text)
    return _Parser(list(scan(text)), text).parse()


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

    def parse(self) -> Query:
        query = self._read_or()
        if self._peek() is not None:
            raise self._parenthesis(_("A parenthesis is closed that was never opened."))
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

    def _read_or(self) -> Query | None:
        branches = [self._read_and()]
        while self._take(Kind.OR):
            branches.append(self._read_and())
        found = [branch for branch in branches if branch is not None]
        if len(branches) > 1 and len(found) < len(branches):
            raise QuerySyntaxError(
                _(
                    "OR stands without a word on both of its sides. "
                    "Add one, or take it away."
                ),
                correction=_rejoin(found),
            )
        return _join(Or, found)

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
        if not self._take(Kind.NOT):
            return self._read_primary(Level.FAMILY)
        with_minus = self._read_unary()
        if with_minus is None:
            raise QuerySyntaxError(
                _("Nothing stands behind the minus or NOT. Write what must not occur."),
            )
        return with_minus.child if isinstance(with_minus, Not) else Not(with_minus)

    def _read_primary(self, level: Level) -> Query | None:
        if self._take(Kind.EXACT):
            return self._read_primary(Level.EXACT)
        if self._take(Kind.OPEN):
            return self._read_group()
        if field := self._take(Kind.FIELD):
            return self._read_field(field, level)
        if quoted := self._take(Kind.QUOTED):
            return self._read_quoted(quoted, level)
        if word := self._take(Kind.WORD):
            return self._read_word(word, level)
        return None

    def _read_group(self) -> Query | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QuerySyntaxError(
                _("Parentheses stand more than %(limit)d deep. Use fewer of them.")
                % {"limit": MAX_DEPTH}
            )
        query = self._read_or()
        if not self._take(Kind.CLOSE):
            raise self._parenthesis(_("A parenthesis is opened and never closed."))
        self._depth -= 1
        return query

    def _parenthesis(self, message: object) -> QuerySyntaxError:
        without = self._text.replace("(", " ").replace(")", " ")
        return QuerySyntaxError(str(message), correction=" ".join(without.split()))

    def _read_field(self, lexeme: Lexeme, level: Level) -> Query | None:
        field = find_text_field(lexeme.text)
        if field is None:
            raise UnknownField(
                _(
                    "There is no field “%(name)s”. If the colon is part of the text, "
                    "put a space after it."
                )
                % {"name": lexeme.text},
                fragment=lexeme.text,
                correction=self._text.replace(f"{lexeme.text}:", f"{lexeme.text} "),
            )
        child = self._read_primary(level)
        if child is None:
            raise QuerySyntaxError(
                _("Nothing to look for stands behind “%(name)s:”. Write a word there.")
                % {"name": lexeme.text},
                fragment=lexeme.text,
                correction=self._text.replace(f"{lexeme.text}:", " ").strip(),
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
            raise QuerySyntaxError(
                _("Write at least two letters before the asterisk."),
                fragment=lexeme.text,
                correction=self._text.replace(lexeme.text, text),
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


def _rejoin(found: list[Query]) -> str:
    joined = _join(Or, found)
    return "" if joined is None else render(joined)


def render(query: Query) -> str:
    """Query text that parses to *query*, which must come from ``parse``.

    >>> render(parse('نفط أو «سكة حديد»'))
    'نفط OR "سكة حديد"'
    """
    return _render(query, outer=0)


# How tightly a node holds its parts together: OR least, a word most.
_LOOSE, _ALL, _TIGHT = 1, 2, 3


def _render(query: Query, *, outer: int) -> str:
    match query:
        case Or(children):
            text = " OR ".join(_render(child, outer=_ALL) for child in children)
            return f"({text})" if outer >= _ALL else text
        case And(children):
            text = " ".join(_render(child, outer=_TIGHT) for child in children)
            return f"({text})" if outer >= _TIGHT else text
        case Not(child):
            return f"-{_render(child, outer=_TIGHT)}"
        case Field(name, child):
            return f"{name}:{_render(child, outer=_TIGHT)}"
        case Prefix(text):
            return f"{text}*"
        case _:
            return _render_words(query)


def _render_words(query: Query) -> str:
    match query:
        case Term(text, level):
            return f"={text}" if level is Level.EXACT else text
        case Phrase(words, level):
            return _mark(level) + '"' + " ".join(words) + '"'
        case Near(words, distance, level):
            return _mark(level) + '"' + " ".join(words) + f'"~{distance}'
    raise TypeError(f"{type(query).__name__} has no spelling.")


def _mark(level: Level) -> str:
    return "=" if level is Level.EXACT else ""
