"""Query text to the query tree; ``docs/search-syntax.md`` is its manual.

Any text at all is read or refused. A refusal names the slip, says what to do and,
where the text has a word, carries a query that works. Public: `parse`, `MAX_LENGTH`.
"""

from __future__ import annotations

import re
import unicodedata
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
# Slips of one query that are mended one after the other.
MAX_CORRECTIONS: Final = 10

_WHITE_SPACE: Final = frozenset("\t\n\r\x0b\x0c\x85")
_STRAY: Final = frozenset({"Cc", "Cs", "Cn", "Co"})
_INVISIBLE_RE: Final = re.compile(f"[{INVISIBLE_RANGES}]")


def parse(text: str, level: Level = Level.FAMILY) -> Query:
    """The query tree of what a reader typed.

    *level* is how strictly words match that say nothing else themselves. Raises
    QuerySyntaxError, and UnknownField for a field that documents lack; a correction,
    where they carry one, can be parsed.

    >>> parse("نفط -=غاز")  # doctest: +ELLIPSIS
    And(children=(Term(text='نفط', level=<Level.FAMILY...
    >>> parse("=نفط") == parse("نفط", Level.EXACT)
    True
    """
    try:
        return _parse(text, level)
    except QuerySyntaxError as error:
        error.correction = _find_readable(error.correction)
        raise


def _parse(text: str, level: Level = Level.FAMILY) -> Query:
    # Direction marks come with what is copied from a page and hide operators.
    seen = _INVISIBLE_RE.sub("", _checked(text))
    return Parser(list(scan(seen)), seen, level).parse()


def _find_readable(correction: str) -> str:
    """*correction*, itself corrected where need be; ``""`` where it has no word."""
    tried = correction
    for _attempt in range(MAX_CORRECTIONS):
        if not tried:
            break
        try:
            _parse(tried)
        except QuerySyntaxError as error:
            tried = error.correction
        else:
            return tried
    words = corrections.keep_words(correction, MAX_WORDS)
    return corrections.cut(words, MAX_LENGTH, depth=MAX_DEPTH)


def _checked(text: str) -> str:
    """*text*, where a reader can have typed it. Raises QuerySyntaxError."""
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(
            _("The query has more than %(limit)d characters. Shorten it.")
            % {"limit": MAX_LENGTH},
            correction=_shorten(text),
        )
    stray = {char for char in text if _is_stray(char)}
    if stray:
        clean = "".join(" " if char in stray else char for char in text)
        raise QuerySyntaxError(
            _("The query holds characters that cannot be shown. Remove them."),
            correction=" ".join(clean.split()),
        )
    return text


def _shorten(text: str) -> str:
    """What *text* begins with; its first words where that holds none."""
    begun = corrections.cut(text, MAX_LENGTH, depth=MAX_DEPTH)
    if surfaces(begun):
        return begun
    words = corrections.keep_words(text, MAX_WORDS)
    return corrections.cut(words, MAX_LENGTH, depth=MAX_DEPTH)


def _is_stray(char: str) -> bool:
    return char not in _WHITE_SPACE and unicodedata.category(char) in _STRAY
