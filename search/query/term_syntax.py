"""The syntax of one word of a query: a term, a prefix, a wildcard or a fuzzy word.

`read_word` reads what was typed, `write_word` writes what `read_word` reads as the same
node again.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.arabic.analyzer import surfaces
from search.arabic.families import starts_of
from search.arabic.letters import HEH, PHRASE_LIGATURES
from search.arabic.tokenize import is_word, list_words
from search.errors import QuerySyntaxError
from search.query.ast import Fuzzy, Level, Prefix, Query, Term, Wildcard

# Fewer letters begin, or occur in, too many words to narrow anything.
MIN_LETTERS: Final = 2
# What stands before a word or phrase of each level.
LEVEL_SIGNS: Final = {
    Level.LETTERS: "==",
    Level.EXACT: "=",
    Level.FAMILY: "",
    Level.ROOT: "√",
}
_STRICT: Final = frozenset({Level.LETTERS, Level.EXACT})
# Words of two letters are within two edits of half of the lexicon.
MIN_FUZZY: Final = 3
# Words up to this long are searched with one edit unless the query says more, without
# proclitics and ة, which would give two edits to والكتب.
SHORT_WORD: Final = 4
MAX_EDITS: Final = 2

# Each asterisk more multiplies the ways in which a long word can be matched.
MAX_STARS: Final = 3

# An Arabic keyboard has ؟ where others have ?, and a star of its own.
_WILDCARD_FORMS: Final = str.maketrans({"؟": "?", "٭": "*", "＊": "*"})
_WILDCARDS_RE: Final = re.compile(r"[*?]")
_STARS_RE: Final = re.compile(r"\*+")
_NO_PATTERN_RE: Final = re.compile(r"[^\w*?]+")
# مكتب*, where nothing but the last letter is open.
_PREFIX_RE: Final = re.compile(r"([^*?]+)\*")
# كتاب~, كتاب~2; 0.5 was the spelling of other engines.
_FUZZY_RE: Final = re.compile(r"(.+?)~+([\d.]*)")


def read_word(text: str, level: Level) -> Query | None:
    """The node for *text*, which holds no space; ``None`` where it has no letter.

    A question mark behind the word is punctuation, not a wildcard. Raises
    QuerySyntaxError, whose correction is the word to write instead.

    >>> read_word("الصحافة؟", Level.FAMILY)
    Term(text='الصحافة؟', level=<Level.FAMILY: 'family'>)
    >>> read_word("م؟تب", Level.FAMILY), read_word("الجزاير~", Level.FAMILY)
    (Wildcard(text='م?تب'), Fuzzy(text='الجزاير', edits=2))
    """
    pattern = _pattern_of(text)
    if not surfaces(_WILDCARDS_RE.sub("", pattern)):
        return None
    if (fuzzy := _FUZZY_RE.fullmatch(pattern)) and not _is_year_span(*fuzzy.groups()):
        return _read_fuzzy(*fuzzy.groups())
    if prefix := _PREFIX_RE.fullmatch(pattern):
        return _read_prefix(prefix.group(1), level)
    if _WILDCARDS_RE.search(pattern):
        return _read_wildcard(pattern)
    return Term(text, level)


def write_word(query: Query) -> str:
    """Query text for a prefix, wildcard or fuzzy word, or a term without quoting.

    Raises TypeError for any other node.

    >>> write_word(Fuzzy("الجزاير", 2)), write_word(Term("كتب", Level.ROOT))
    ('الجزاير~2', '√كتب')
    """
    match query:
        case Term(text, level):
            return f"{LEVEL_SIGNS[level]}{text}"
        case Prefix(text, level):
            return f"{LEVEL_SIGNS[level]}{text}*"
        case Wildcard(text):
            return text
        case Fuzzy(text, edits):
            return f"{text}~{edits}"
    raise TypeError(f"{type(query).__name__} cannot be written as query text.")


def split_words(text: str) -> tuple[str, ...]:
    """The words of *text* that have a surface form, as they were typed.

    >>> split_words("مجلس الوُزراء !")
    ('مجلس', 'الوُزراء')
    """
    return tuple(word for word in text.split() if surfaces(word))


def _pattern_of(text: str) -> str:
    """*text* without the punctuation around it, its wildcards in ASCII."""
    spelled = _STARS_RE.sub("*", text.translate(_WILDCARD_FORMS))
    start, end = 0, len(spelled)
    while start < end and not (_is_letter(spelled[start]) or spelled[start] in "*?"):
        start += 1
    while start < end and not _may_end_word(spelled[end - 1]):
        end -= 1
    return spelled[start:end]


def _is_letter(char: str) -> bool:
    # To Unicode, some of the characters that stand for words are symbols: ﷽.
    return char.isalnum() or char in PHRASE_LIGATURES


def _may_end_word(char: str) -> bool:
    return _is_letter(char) or char in "*~" or unicodedata.category(char)[0] == "M"


def _is_year_span(word: str, number: str) -> bool:
    """Whether ``1914~1918`` is a span of years rather than a fuzzy word."""
    return word.isdecimal() and number.isdecimal() and int(number) > MAX_EDITS


def _read_prefix(text: str, level: Level) -> Prefix:
    words = [word for word in list_words(text) if surfaces(word)]
    if _count_letters(words[-1]) < MIN_LETTERS:
        raise _syntax_error(_("Write at least two letters before the asterisk."), text)
    joined = "-".join(words)
    return Prefix(joined, Level.EXACT if level in _STRICT else Level.FAMILY)


def _read_wildcard(pattern: str) -> Wildcard:
    letters = _WILDCARDS_RE.sub("", pattern)
    if not is_word(letters):
        raise _syntax_error(
            _("“*” and “?” stand for letters of one word. Write the words apart."),
            " ".join(_NO_PATTERN_RE.sub(" ", pattern).split()),
        )
    if _count_letters(letters) < MIN_LETTERS:
        raise _syntax_error(_("Write at least two letters beside “*” or “?”."), letters)
    if pattern.count("*") > MAX_STARS:
        parts = pattern.split("*", MAX_STARS + 1)
        raise _syntax_error(
            _("A word can hold at most %(limit)d asterisks. Leave some out.")
            % {"limit": MAX_STARS},
            "*".join(parts[: MAX_STARS + 1]),
        )
    return Wildcard(pattern)


def _read_fuzzy(word: str, number: str) -> Fuzzy:
    if _WILDCARDS_RE.search(word):
        raise _syntax_error(
            _("“~” follows a whole word, without “*” and “?”. Leave one out."),
            word,
        )
    if not is_word(word):
        apart = " ".join(list_words(word))
        raise _syntax_error(
            _("“~” follows one word. Write the words apart."), f"{apart}~"
        )
    if _count_letters(word) < MIN_FUZZY:
        raise _syntax_error(_("Write at least three letters before “~”."), word)
    if not number:
        [surface] = surfaces(word)
        bare = surface[max(starts_of(surface)) :].removesuffix(HEH)
        is_short = len(bare) <= SHORT_WORD
        return Fuzzy(word, 1 if is_short else MAX_EDITS)
    if not number.isdecimal() or not 1 <= int(number) <= MAX_EDITS:
        raise _syntax_error(
            _("“~” is followed by how many letters may differ. Write 1 or 2."),
            f"{word}~{MAX_EDITS}",
        )
    return Fuzzy(word, int(number))


def _count_letters(text: str) -> int:
    return len("".join(surfaces(text)))


def _syntax_error(message: str | Promise, instead: str) -> QuerySyntaxError:
    return QuerySyntaxError(message, correction=instead)
