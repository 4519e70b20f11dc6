"""Parses query text; ``docs/search-syntax.md`` is the manual of the language.

Any text is parsed or refused. A refusal names the error, says what to do and, where
the text has a word, carries a correction that can be parsed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from search.arabic.analyzer import surfaces
from search.arabic.letters import INVISIBLE_RANGES
from search.errors import QuerySyntaxError
from search.query import corrections
from search.query.ast import Level, Query
from search.query.lexer import scan
from search.query.parser import MAX_DEPTH, MAX_WORDS, Parser

# Longer than any question a reader types; a pasted article is no query.
MAX_LENGTH: Final = 1_000
# Syntax errors of one query that are corrected one after the other.
MAX_CORRECTIONS: Final = 10

_WHITE_SPACE: Final = frozenset("\t\n\r\x0b\x0c\x85")
_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Cn", "Co"})
_INVISIBLE_RE: Final = re.compile(f"[{INVISIBLE_RANGES}]")


def parse(
    text: str, level: Level = Level.FAMILY, *, today: date | None = None
) -> Query:
    """The query tree of *text*.

    *level* is that of words that state none, *today* the day from which relative dates
    count; without it they are refused. Raises QuerySyntaxError, and UnknownField
    for a field that documents lack; a correction that they carry can be parsed.

    >>> parse("نفط -=غاز")  # doctest: +ELLIPSIS
    And(children=(Term(text='نفط', level=<Level.FAMILY...
    >>> parse("=نفط") == parse("نفط", Level.EXACT)
    True
    """
    try:
        return _parse(text, level, today)
    except QuerySyntaxError as error:
        error.correction, left_out = _correct(error.correction, today)
        error.left_out += left_out
        raise


def _parse(text: str, level: Level, today: date | None) -> Query:
    # Bidi controls, which text copied from a page has, would hide operators.
    visible = _INVISIBLE_RE.sub("", _check(text))
    return Parser(list(scan(visible)), visible, level, today).parse()


def _correct(correction: str, today: date | None) -> tuple[str, tuple[str, ...]]:
    """*correction*, corrected until it can be parsed, and the parts left out of it.

    It is ``""`` where it has no word.
    """
    tried = correction
    left_out: tuple[str, ...] = ()
    for _attempt in range(MAX_CORRECTIONS):
        if not tried:
            break
        try:
            _parse(tried, Level.FAMILY, today)
        except QuerySyntaxError as error:
            tried = error.correction
            left_out += error.left_out
        else:
            return tried, left_out
    words = corrections.keep_words(correction, MAX_WORDS)
    return corrections.cut(words, MAX_LENGTH, depth=MAX_DEPTH), ()


def _check(text: str) -> str:
    """*text*; raises QuerySyntaxError where it is too long or cannot be printed."""
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(
            _("The query has more than %(limit)d characters. Shorten it.")
            % {"limit": MAX_LENGTH},
            correction=_shorten(text),
        )
    unprintable = {char for char in text if _is_unprintable(char)}
    if unprintable:
        clean = "".join(" " if char in unprintable else char for char in text)
        raise QuerySyntaxError(
            _("The query holds characters that cannot be shown. Remove them."),
            correction=" ".join(clean.split()),
        )
    return text


def _shorten(text: str) -> str:
    """The beginning of *text*, or its first words where the beginning has none."""
    beginning = corrections.cut(text, MAX_LENGTH, depth=MAX_DEPTH)
    if surfaces(beginning):
        return beginning
    words = corrections.keep_words(text, MAX_WORDS)
    return corrections.cut(words, MAX_LENGTH, depth=MAX_DEPTH)


def _is_unprintable(char: str) -> bool:
    return char not in _WHITE_SPACE and unicodedata.category(char) in _UNPRINTABLE
