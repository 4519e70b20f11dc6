"""Query text that cannot be read to text that can: what a refusal offers instead.

Public: `cut`, `balance`, `keep_words`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from search.arabic.analyzer import surfaces
from search.arabic.tokenize import iter_words
from search.errors import QuerySyntaxError
from search.query.lexer import CLOSING, Kind, Lexeme, scan

# Spaces that are left where a parenthesis was.
_LOOSE_RE: Final = re.compile(r"(?<=\()\s+|\s+(?=\))")


def cut(text: str, limit: int, *, depth: int) -> str:
    """The words that begin *text*, of at most *limit* characters, `balance`\\ d.

    A first word that is longer is cut itself.

    >>> cut("نفط (العراق والشام)", 12, depth=20), cut("والاستقلال", 4, depth=20)
    ('نفط (العراق)', 'والا')
    """
    spaced = " ".join(text.split())
    # What closes the query may need room of its own.
    for room in (limit, limit - depth - 1):
        found = balance(_begin(spaced, room), depth=depth)
        if len(found) <= limit:
            return found
    return _begin(spaced, limit)


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
        if error.fragment[:1] not in CLOSING:
            return error.correction
        text += CLOSING[error.fragment[0]][0]
        lexemes = list(scan(text))
    taken, unclosed = _find_surplus(lexemes, depth)
    left = "".join(" " if at in taken else char for at, char in enumerate(text))
    return _LOOSE_RE.sub("", " ".join(left.split())) + ")" * unclosed


def keep_words(text: str, limit: int) -> str:
    """The first *limit* words of *text* that are no operators, and nothing else.

    >>> keep_words("title:(نفط OR -غاز", 2)
    'title نفط'
    """
    words = (match.group() for match in iter_words(text))
    plain = (
        word
        for word in words
        if surfaces(word) and list(scan(word)) == [Lexeme(Kind.WORD, word)]
    )
    return " ".join(islice(plain, limit))


def _begin(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    whole = re.match(r".*(?=\s)", text[: limit + 1], re.DOTALL)
    return whole.group().strip() if whole and whole.group().strip() else text[:limit]


def _find_surplus(lexemes: list[Lexeme], depth: int) -> tuple[set[int], int]:
    """Where parentheses stand that are too deep or unopened; how many stay open."""
    surplus: set[int] = set()
    kept: list[bool] = []
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN:
            kept.append(len(kept) < depth)
            if not kept[-1]:
                surplus.add(lexeme.start)
        elif lexeme.kind is Kind.CLOSE and not (kept and kept.pop()):
            surplus.add(lexeme.start)
    return surplus, sum(kept)
