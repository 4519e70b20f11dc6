"""Cleaning of imported text: canonical form, line ends, and unprintable characters.

Diacritics, tatweel, hamza seats and punctuation stay as written.
"""

import re
import unicodedata
from typing import Final

from archive.names.clean import clean_name

# CR LF, CR, form feed, vertical tab, U+001C to U+001E, U+0085, U+2028, U+2029
_LINE_ENDS_RE: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters, such as NUL, which PostgreSQL rejects, and the byte order mark
_CONTROLS_RE: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff]")
# Lone surrogates, as from "\ud83d" in JSON
_SURROGATES_RE: Final = re.compile("[\ud800-\udfff]")
# Any of the above, and tabs: one pass suffices for the texts that have none.
_UNUSUAL_RE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]"
)

NFC: Final = "NFC"
# Combining characters on one letter. Canonical ordering takes time quadratic in their
# number, a minute for 100,000; no writing system uses a tenth of this limit.
MAX_COMBINING_MARKS: Final = 100
_LONG_WORD_RE: Final = re.compile(f"[^ ]{{{MAX_COMBINING_MARKS + 1},}}")
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def has_unusual(text: str) -> bool:
    """Whether the text has characters that `clean_text` may replace or remove.

    >>> has_unusual("كِتـــابٌ\\nأوّل"), has_unusual("كتاب\\r\\n")
    (False, True)
    """
    # What is unusual is not printable, which is found several times as fast.
    if text.replace("\n", " ").isprintable():
        return False
    return _UNUSUAL_RE.search(text) is not None


def has_controls(text: str) -> bool:
    """Whether the text has control characters, which `clean_text` removes.

    >>> has_controls("مدينة\\x1a السلام"), has_controls("كِتـــاب")
    (True, False)
    """
    return _CONTROLS_RE.search(text) is not None


def has_surrogates(text: str) -> bool:
    """Whether the text has lone surrogates, which UTF-8 cannot encode.

    >>> has_surrogates("بغداد"), has_surrogates("بغداد\\ud83d")
    (False, True)
    """
    return _SURROGATES_RE.search(text) is not None


def clean_text(text: str) -> str:
    """The text in NFC, with LF line ends, without control characters, stripped.

    Diacritics, tatweel, spelling and bidirectional formatting characters stay.

    >>> clean_text(" كِتـــابٌ\\r\\nأوّل\\x00 ")
    'كِتـــابٌ\\nأوّل'
    """
    if not text:
        return ""
    if has_unusual(text):
        text = replace_unusual(text)
    return to_nfc(text).strip()


def replace_unusual(text: str) -> str:
    """The text with LF line ends, without control characters and lone surrogates."""
    text = _LINE_ENDS_RE.sub("\n", text)
    text = _CONTROLS_RE.sub("", text)
    return _SURROGATES_RE.sub(REPLACEMENT, text)


def to_nfc(text: str) -> str:
    """The text in Unicode's canonical composed form.

    >>> to_nfc("ا\N{ARABIC HAMZA ABOVE}ب") == "أب"
    True
    """
    return compose(limit_combining_marks(text))


def compose(text: str) -> str:
    """`to_nfc` of a text without excess marks."""
    if unicodedata.is_normalized(NFC, text):
        return text
    # A space composes with nothing, so that words can be normalized one by one, and
    # checking a word is far cheaper than normalizing it.
    return " ".join(
        word
        if unicodedata.is_normalized(NFC, word)
        else unicodedata.normalize(NFC, word)
        for word in text.split(" ")
    )


def _has_long_word(text: str) -> bool:
    """Whether a word is long enough to have too many combining characters."""
    start = 0
    while len(text) - start > MAX_COMBINING_MARKS:
        end = start + MAX_COMBINING_MARKS
        blank = text.rfind(" ", start, end)
        if blank < 0:
            blank = text.rfind("\n", start, end)
        if blank < 0:
            return True
        start = blank + 1
    return False


def _limit_marks_in_word(word: str) -> str:
    """`limit_combining_marks` for one word."""
    chars, marks = [], 0
    for char in word:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MAX_COMBINING_MARKS:
            chars.append(char)
    return "".join(chars)


def limit_combining_marks(text: str) -> str:
    """The text with at most `MAX_COMBINING_MARKS` combining characters on any letter.

    >>> limit_combining_marks("كِتَابٌ قديم")
    'كِتَابٌ قديم'
    >>> len(limit_combining_marks("ب" + "َ" * 500))
    101
    """
    if len(text) <= MAX_COMBINING_MARKS or not _has_long_word(text):
        return text
    return _LONG_WORD_RE.sub(lambda word: _limit_marks_in_word(word[0]), text)


def has_excess_marks(text: str) -> bool:
    """Whether `clean_text` would remove combining characters.

    >>> has_excess_marks("كِتَابٌ قديم"), has_excess_marks("ب" + "َ" * 500)
    (False, True)
    """
    is_short = len(text) <= MAX_COMBINING_MARKS
    return not is_short and limit_combining_marks(text) != text


def clean_line(text: str) -> str:
    """`clean_text` on one line, without bidirectional formatting characters.

    For titles and names. Zero-width joiners stay, because they shape words.

    >>> clean_line("\\u202bمقدّمة\\u202c\\n  ابن  خلدون")
    'مقدّمة ابن خلدون'
    """
    return compose_line(clean_text(text))


def compose_line(text: str) -> str:
    """`clean_line` of a text without unusual characters and excess marks."""
    if not text:
        return ""
    clean = compose(text).strip()
    name = clean_name(clean)
    # Again: combining characters that a removed character separated may be unordered.
    return name if name == clean else to_nfc(name)


def shorten(text: str, *, limit: int) -> str:
    """The text cut with an ellipsis to at most *limit* characters, at a space if near.

    >>> shorten("تاريخ الصحافة في العراق", limit=15)
    'تاريخ الصحافة…'
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip() + "…"
