"""The lexer: query text to words, quoted phrases, operators, fields and parentheses.

It reads straight, curly, angular and doubled quotes, operators in Arabic and English,
a minus in front of a word, and addresses. Anything else is part of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Final

from django.utils.translation import gettext_lazy as _

from search.arabic.letters import APOSTROPHES, LETTER_RANGES
from search.arabic.normalize import fold
from search.arabic.tokenize import is_word
from search.errors import QuerySyntaxError
from search.fields import POSITION_GAP


class Kind(StrEnum):
    """The kind of a lexeme, by which the parser reads it."""

    WORD = "word"
    ADDRESS = "address"
    QUOTED = "quoted"
    FIELD = "field"
    OR = "or"
    AND = "and"
    NOT = "not"
    LETTERS = "letters"
    EXACT = "exact"
    FAMILY = "family"
    ROOT = "root"
    OPEN = "("
    CLOSE = ")"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A lexeme; ``text`` is without quotes or colon.

    ``distance`` is the number behind the tilde of "a b"~5, or ``None``. ``start`` and
    ``end`` are offsets in characters in the query text, left out of comparisons.
    """

    kind: Kind
    text: str
    distance: int | None = None
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


# The distance that a correction writes where the number is missing: a clause.
DEFAULT_DISTANCE: Final = 5
# Words of different parts of a field, such as title and body, are farther apart.
MAX_DISTANCE: Final = POSITION_GAP

# Phones and newspapers open and close quotations with any of these.
_DOUBLE: Final = '"“”„‟＂″❝❞〝〞〟'
# Each opening quotation mark with those that may close it.
CLOSING: Final = (
    dict.fromkeys(_DOUBLE, _DOUBLE)
    | {"«": "»", "»": "«", "‹": "›", "›": "‹"}
    | {"﴿": "﴾", "﴾": "﴿"}
)
_SINGLE: Final = f"{APOSTROPHES}‘‚‛"
# These quote only where they are closed: ''دار الكتب'', <<دار الكتب>>,
# and ‘دار الكتب’ round Arabic, for in Latin letters ‘Abd and Ulama’ are words.
_OPENING_RE: Final = re.compile(rf"''|<<|[{_SINGLE}](?=[{LETTER_RANGES}])")
_INNER: Final = f"[^{re.escape(''.join(CLOSING))}]"
_CLOSED_RE: Final = re.compile(
    rf"''(?P<doubled>{_INNER}+?)''"
    rf"|<<(?P<angular>{_INNER}+?)>>"
    rf"|[{_SINGLE}](?P<single>[{LETTER_RANGES}]{_INNER}*?)(?<=\S)"
    rf"[{_SINGLE}](?![\w{_SINGLE}])"
)

# Spellings of the operators that stand between words; the English in capitals only.
_OPERATORS: Final = {
    "OR": Kind.OR,
    "|": Kind.OR,
    "||": Kind.OR,
    "AND": Kind.AND,
    "&": Kind.AND,
    "&&": Kind.AND,
    "NOT": Kind.NOT,
}
# Arabic operators, folded, so that أو، او and أَوْ are one. All words are required
# anyway, so that a و that stands apart is an operator and not searched for.
_ARABIC_OPERATORS: Final = {"او": Kind.OR, "و": Kind.AND, "بدون": Kind.NOT}
_PARENTHESES: Final = {"(": Kind.OPEN, ")": Kind.CLOSE}
# Of two that a text begins with the first here counts.
_SIGNS: Final = {
    "==": Kind.LETTERS,
    "-": Kind.NOT,
    "−": Kind.NOT,
    "=": Kind.EXACT,
    "√": Kind.ROOT,
}
# Names before a colon that set the level of the next word.
_LEVELS: Final = {
    Kind.LETTERS: ("letters", "حرفيا"),
    Kind.EXACT: ("exact", "رسم"),
    Kind.FAMILY: ("family", "عائلة"),
    Kind.ROOT: ("root", "جذر", "الجذر"),
}

# A chunk ends before a space, a parenthesis, a quote or a vertical bar.
_ENDS: Final = r"\s()|" + re.escape("".join(CLOSING))
_BARS_RE: Final = re.compile(r"\|+")
# A comma with a word right behind it ends a chunk, too, for in haste the space is left
# out: قمح،شعير. Between digits it belongs to the number: 1,000.
_COMMAS: Final = "،؛,;"
_CHUNK_RE: Final = re.compile(
    rf"[{_COMMAS}]*(?:[^{_COMMAS}{_ENDS}]|[{_COMMAS}](?![^\W_])"
    rf"|(?<=\d)[{_COMMAS}](?=\d))+[{_COMMAS}]?"
)
# title:, عنوان: with something right behind the colon; 10:30 is a time, and in
# (قال:) the colon is the text's. No field has a dot, slash or @ in its name.
_FIELD_RE: Final = re.compile(rf"([^\W\d][^:./@{_COMMAS}{_ENDS}]*):(?=[^\s)])")
# https://example.org/a_(b)?c=d: nothing in it is syntax. A parenthesis that it does not
# open is not part of it.
_ADDRESS_RE: Final = re.compile(
    rf"(?:[a-z][a-z\d+.-]*://|www\.)(?:[^{_ENDS}]|\([^{_ENDS}]*\))+", re.IGNORECASE
)
_DISTANCE_RE: Final = re.compile(r"~(\d+)(?!\w)")


def scan(text: str) -> Iterator[Lexeme]:
    """The lexemes of *text* in order.

    Raises QuerySyntaxError for a quotation mark without its partner.

    >>> [lexeme.kind.value for lexeme in scan("نفط أو «سكة حديد» -title:مصر")]
    ['word', 'or', 'quoted', 'not', 'field', 'word']
    """
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        lexeme = _scan_one(text, at)
        yield lexeme
        at = lexeme.end


def quote(text: str) -> str:
    """*text* in quotation marks that end where it ends.

    Raises ValueError where it holds marks of every kind.

    >>> quote('دار "الكتب"')
    '«دار "الكتب"»'
    """
    for opening, closing in CLOSING.items():
        if not set(closing) & set(text):
            return f"{opening}{text}{closing[0]}"
    raise ValueError("The text holds quotation marks of every kind.")


def may_open_quotation(text: str) -> bool:
    """Whether *text* begins with a mark that opens a quotation if it is closed.

    >>> may_open_quotation("‘دار"), may_open_quotation("l'Orient")
    (True, False)
    """
    return bool(_OPENING_RE.match(text))


def _scan_one(text: str, at: int) -> Lexeme:
    char = text[at]
    if char in _PARENTHESES:
        return Lexeme(_PARENTHESES[char], char, start=at, end=at + 1)
    if char in CLOSING:
        return _scan_quoted(text, at)
    for sign, kind in _SIGNS.items():
        end = at + len(sign)
        if text.startswith(sign, at) and text[end : end + 1].strip():
            return Lexeme(kind, sign, start=at, end=end)
    if closed := _CLOSED_RE.match(text, at):
        inner = closed.group(closed.lastgroup or 0)
        return _quoted(text, inner, at, closed.end())
    return _scan_chunk(text, at)


def _scan_quoted(text: str, at: int) -> Lexeme:
    closing = CLOSING[text[at]]
    ends = [end for end in (text.find(char, at + 1) for char in closing) if end > 0]
    if not ends:
        without = text[:at] + " " + text[at + 1 :]
        raise QuerySyntaxError(
            _("A quotation mark stands alone. Close it, or remove it."),
            fragment=text[at:],
            correction=" ".join(without.split()),
        )
    end = min(ends)
    return _quoted(text, text[at + 1 : end], at, end + 1)


def _quoted(text: str, inner: str, start: int, end: int) -> Lexeme:
    """The quoted lexeme of *inner*, with a distance that stands behind it."""
    if text[end : end + 1] != "~":
        return Lexeme(Kind.QUOTED, inner, start=start, end=end)
    match = _DISTANCE_RE.match(text, end)
    if match is None:
        raise QuerySyntaxError(
            _(
                "“~” is followed by how far apart the words may be. "
                "Write a number there."
            ),
            fragment=text[start : end + 1],
            correction=(
                f"{text[:end]}~{DEFAULT_DISTANCE} {text[end + 1 :].strip()}".strip()
            ),
        )
    distance = int(match.group(1))
    if distance > MAX_DISTANCE:
        raise QuerySyntaxError(
            _("Words can be at most %(limit)d places apart. Write a smaller number.")
            % {"limit": MAX_DISTANCE},
            fragment=match.group(),
            correction=f"{text[:end]}~{MAX_DISTANCE}{text[match.end() :]}",
        )
    return Lexeme(Kind.QUOTED, inner, distance, start=start, end=match.end())


def _scan_chunk(text: str, at: int) -> Lexeme:
    if address := _ADDRESS_RE.match(text, at):
        return Lexeme(Kind.ADDRESS, address.group(), start=at, end=address.end())
    name = _FIELD_RE.match(text, at)
    if name:
        kind = _levels_by_name().get(fold(name.group(1)), Kind.FIELD)
        return Lexeme(kind, name.group(1), start=at, end=name.end())
    match = _BARS_RE.match(text, at) or _CHUNK_RE.match(text, at)
    chunk = match.group() if match else text[at]
    return Lexeme(_kind_of(chunk), chunk, start=at, end=at + len(chunk))


def _kind_of(chunk: str) -> Kind:
    if is_word(chunk) and fold(chunk) in _ARABIC_OPERATORS:
        return _ARABIC_OPERATORS[fold(chunk)]
    return _OPERATORS.get(chunk, Kind.WORD)


@cache
def _levels_by_name() -> dict[str, Kind]:
    return {fold(name): kind for kind, names in _LEVELS.items() for name in names}
