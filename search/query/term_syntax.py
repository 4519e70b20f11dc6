"""One word of a query: a term, a prefix, a pattern or a word that may be misspelled.

Public: `read_word`, `split_words`, `MIN_LETTERS`, `MAX_EDITS`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.arabic.analyzer import cached_stem, surfaces
from search.arabic.tokenize import WORD_RE, iter_words
from search.errors import QuerySyntaxError
from search.query.ast import Fuzzy, Level, Prefix, Query, Term, Wildcard

# One letter begins too many words to tell anything, and occurs in too many.
MIN_LETTERS: Final = 2
# Words of two letters are one or two edits from half of all others.
MIN_FUZZY: Final = 3
# Families with stems up to this length are searched with one edit unless the reader
# says more: clitics would give two to والكتب.
SHORT_STEM: Final = 4
MAX_EDITS: Final = 2

# *كت*ب*; each more multiplies the ways in which a long word can be tried.
MAX_STARS: Final = 3

# An Arabic keyboard has ؟ where others have ?, and a star of its own.
_SPELLINGS: Final = str.maketrans({"؟": "?", "٭": "*", "＊": "*"})
_WILDCARDS_RE: Final = re.compile(r"[*?]")
_STARS_RE: Final = re.compile(r"\*+")
_NO_PATTERN_RE: Final = re.compile(r"[^\w*?]+")
# مكتب*, where nothing but the last letter is open.
_PREFIX_RE: Final = re.compile(r"([^*?]+)\*")
# كتاب~, كتاب~2; 0.5 was the spelling of other engines.
_FUZZY_RE: Final = re.compile(r"(.+?)~+([\d.]*)")


def read_word(text: str, level: Level) -> Query | None:
    """What *text*, which holds no space, asks for at *level*; None without a letter.

    A question mark behind the word is the reader's own question. Raises
    QuerySyntaxError, whose correction is the word to write instead.

    >>> read_word("الصحافة؟", Level.FAMILY)
    Term(text='الصحافة؟', level=<Level.FAMILY: 'family'>)
    >>> read_word("م؟تب", Level.FAMILY), read_word("الجزاير~", Level.FAMILY)
    (Wildcard(text='م?تب'), Fuzzy(text='الجزاير', edits=2))
    """
    pattern = _pattern_of(text)
    if not surfaces(_WILDCARDS_RE.sub("", pattern)):
        return None
    if (fuzzy := _FUZZY_RE.fullmatch(pattern)) and not _is_span(*fuzzy.groups()):
        return _read_fuzzy(*fuzzy.groups())
    if prefix := _PREFIX_RE.fullmatch(pattern):
        return _read_prefix(prefix.group(1), level)
    if _WILDCARDS_RE.search(pattern):
        return _read_wildcard(pattern)
    return Term(text, level)


def split_words(text: str) -> tuple[str, ...]:
    """The words of *text* that have a surface form, as they were typed.

    >>> split_words("مجلس الوُزراء !")
    ('مجلس', 'الوُزراء')
    """
    return tuple(word for word in text.split() if surfaces(word))


def _pattern_of(text: str) -> str:
    """*text* without the punctuation round it, its wildcards spelled in one way."""
    spelled = _STARS_RE.sub("*", text.translate(_SPELLINGS))
    start, end = 0, len(spelled)
    while start < end and not (spelled[start].isalnum() or spelled[start] in "*?"):
        start += 1
    while start < end and not _may_end_word(spelled[end - 1]):
        end -= 1
    return spelled[start:end]


def _may_end_word(char: str) -> bool:
    return char.isalnum() or char in "*~" or unicodedata.category(char)[0] == "M"


def _is_span(word: str, number: str) -> bool:
    """Whether 1914~1918 is meant, from the one to the other."""
    return word.isdecimal() and number.isdecimal() and int(number) > MAX_EDITS


def _read_prefix(text: str, level: Level) -> Prefix:
    words = [word.group() for word in iter_words(text) if surfaces(word.group())]
    if _count_letters(words[-1]) < MIN_LETTERS:
        raise _slip(_("Write at least two letters before the asterisk."), text)
    joined = "-".join(words)
    return Prefix(joined, Level.EXACT if level is Level.EXACT else Level.FAMILY)


def _read_wildcard(pattern: str) -> Wildcard:
    letters = _WILDCARDS_RE.sub("", pattern)
    if not WORD_RE.fullmatch(letters):
        raise _slip(
            _("“*” and “?” stand for letters of one word. Write the words apart."),
            " ".join(_NO_PATTERN_RE.sub(" ", pattern).split()),
        )
    if _count_letters(letters) < MIN_LETTERS:
        raise _slip(_("Write at least two letters beside “*” or “?”."), letters)
    if pattern.count("*") > MAX_STARS:
        kept = pattern.split("*", MAX_STARS + 1)
        raise _slip(
            _("A word can hold at most %(limit)d asterisks. Leave some out.")
            % {"limit": MAX_STARS},
            "*".join(kept[: MAX_STARS + 1]),
        )
    return Wildcard(pattern)


def _read_fuzzy(word: str, number: str) -> Fuzzy:
    if _WILDCARDS_RE.search(word):
        raise _slip(
            _("“~” stands behind a whole word, without “*” and “?”. Leave one out."),
            word,
        )
    if not WORD_RE.fullmatch(word):
        apart = " ".join(found.group() for found in iter_words(word))
        raise _slip(
            _("“~” stands behind one word. Write the words apart."), f"{apart}~"
        )
    if _count_letters(word) < MIN_FUZZY:
        raise _slip(_("Write at least three letters before “~”."), word)
    if not number:
        is_short = len(cached_stem(*surfaces(word))) <= SHORT_STEM
        return Fuzzy(word, 1 if is_short else MAX_EDITS)
    if not number.isdecimal() or not 1 <= int(number) <= MAX_EDITS:
        raise _slip(
            _("Behind “~” stands how many letters may differ. Write 1 or 2."),
            f"{word}~{MAX_EDITS}",
        )
    return Fuzzy(word, int(number))


def _count_letters(text: str) -> int:
    return len("".join(surfaces(text)))


def _slip(message: str | Promise, instead: str) -> QuerySyntaxError:
    return QuerySyntaxError(message, correction=instead)
