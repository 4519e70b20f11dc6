"""Corrections of query text that cannot be parsed to text that can."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from search.arabic.analyzer import surfaces
from search.arabic.tokenize import list_words
from search.errors import QuerySyntaxError
from search.query.lexer import CLOSING, Kind, Lexeme, scan

# Spaces beside a parenthesis, left where another one was removed.
_LOOSE_RE: Final = re.compile(r"(?<=\()\s+|\s+(?=\))")


def cut(text: str, limit: int, *, depth: int) -> str:
    """The first words of *text*, balanced, in at most *limit* characters.

    A first word that is longer is cut itself.

    >>> cut("نفط (العراق والشام)", 12, depth=20), cut("والاستقلال", 4, depth=20)
    ('نفط (العراق)', 'والا')
    """
    spaced = " ".join(text.split())
    # Closing quotes and parentheses may need room of their own.
    for room in (limit, limit - depth - 1):
        balanced = balance(_cut_between_words(spaced, room), depth=depth)
        if len(balanced) <= limit:
            return balanced
    return _cut_between_words(spaced, limit)


def balance(text: str, *, depth: int) -> str:
    """*text* with its quotation and parentheses closed, none deeper than *depth*.

    >>> balance("(نفط OR «سكة حديد", depth=20)
    '(نفط OR «سكة حديد»)'
    >>> balance("((نفط)) غاز)", depth=1)
    '(نفط) غاز'
    """
    try:
        lexemes = list(scan(text))
    except QuerySyntaxError as error:
        # The first error from the left; behind it there may be others.
        return balance(_mend(text, error), depth=depth)
    taken, unclosed = _find_unbalanced(lexemes, depth)
    left = "".join(" " if at in taken else char for at, char in enumerate(text))
    return _LOOSE_RE.sub("", " ".join(left.split())) + ")" * unclosed


def _mend(text: str, error: QuerySyntaxError) -> str:
    """*text* without *error*: open quotation is closed, not taken away."""
    closing = CLOSING.get(error.fragment[:1], "")
    is_open = closing and not set(closing) & set(error.fragment[1:])
    return text + closing[0] if is_open else error.correction


def keep_words(text: str, limit: int) -> str:
    """The first *limit* words of *text*, without operators and signs.

    >>> keep_words("title:(نفط OR -غاز", 2)
    'title نفط'
    """
    plain = (
        word
        for word in list_words(text)
        if surfaces(word) and list(scan(word)) == [Lexeme(Kind.WORD, word)]
    )
    return " ".join(islice(plain, limit))


def replace_part(text: str, start: int, end: int, instead: str) -> str:
    """*text* with *instead* in place of what stands from *start* to *end*.

    Words on both sides stay apart, and runs of spaces become one.

    >>> replace_part("-(نفط", 1, 2, ""), replace_part("نفط(غاز", 3, 4, "")
    ('-نفط', 'نفط غاز')
    """
    before, after = text[:start], text[end:]
    is_joining = bool(instead) or before[-1:].isalnum()
    gap = " " if is_joining and after and after[0] not in " )" else ""
    return " ".join(f"{before}{instead}{gap}{after}".split())


def _cut_between_words(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    whole = re.match(r".*(?=\s)", text[: limit + 1], re.DOTALL)
    return whole.group().strip() if whole and whole.group().strip() else text[:limit]


def _find_unbalanced(lexemes: list[Lexeme], depth: int) -> tuple[set[int], int]:
    """Offsets of parentheses that are too deep or unopened, and how many stay open."""
    surplus: set[int] = set()
    is_kept: list[bool] = []
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN:
            is_kept.append(len(is_kept) < depth)
            if not is_kept[-1]:
                surplus.add(lexeme.start)
        elif lexeme.kind is Kind.CLOSE and not (is_kept and is_kept.pop()):
            surplus.add(lexeme.start)
    return surplus, sum(is_kept)
