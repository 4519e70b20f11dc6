"""Text made fit to be stored, without touching what the author wrote.

Vowel marks, tatweel, hamza seats and punctuation stay as they are; only
Unicode's canonical form, line endings and characters that no page can show are
put right. Public: `clean_text`, `clean_line`, `has_controls`, `has_excess_marks`,
`has_surrogates`.
"""

import re
import unicodedata
from typing import Final

from archive.names.clean import clean_name

# "\r\n" of Windows, "\r" of old Macintosh files, form feeds, U+2028, U+2029
_LINE_ENDS_RE: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# NUL, which PostgreSQL refuses, and U+001A, which old databases leave behind
_CONTROLS_RE: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff]")
# half of a surrogate pair, as "\ud83d" alone in JSON gives it
_SURROGATES_RE: Final = re.compile(
    "[\ud800-\udfff]"
)  # Any of the above: nearly every text has none, and is then passed over once.
_UNUSUAL_RE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]"
)

NFC: Final = "NFC"
# Bringing marks into their order takes time that grows with the square of how many
# stand together: a minute for 100,000. No writing piles up a tenth of these.
MAX_COMBINING_MARKS: Final = 100
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def has_unusual(text: str) -> bool:
    """Whether `clean_text` would put right more than the canonical form.

    >>> has_unusual("كِتـــابٌ\\nأوّل"), has_unusual("كتاب\\r\\n")
    (False, True)
    """
    return _UNUSUAL_RE.search(text) is not None


def has_controls(text: str) -> bool:
    """Whether `clean_text` would remove characters.

    >>> has_controls("مدينة\\x1a السلام"), has_controls("كِتـــاب")
    (True, False)
    """
    return _CONTROLS_RE.search(text) is not None


def has_surrogates(text: str) -> bool:
    """Whether the text holds half of a surrogate pair, which UTF-8 cannot carry.

    >>> has_surrogates("بغداد"), has_surrogates("بغداد\\ud83d")
    (False, True)
    """
    return _SURROGATES_RE.search(text) is not None


def clean_text(text: str) -> str:
    """The text in NFC with plain line ends, without controls and outer blanks.

    Marks, tatweel, spelling and bidi controls stay.

    >>> clean_text(" كِتـــابٌ\\r\\nأوّل\\x00 ")
    'كِتـــابٌ\\nأوّل'
    """
    if not text:
        return ""
    if has_unusual(text):
        text = _LINE_ENDS_RE.sub("\n", text)
        text = _CONTROLS_RE.sub("", text)
        text = _SURROGATES_RE.sub(REPLACEMENT, text)
    return to_nfc(text).strip()


def to_nfc(text: str) -> str:
    """The text in canonical composed form.

    >>> to_nfc("ا\N{ARABIC HAMZA ABOVE}ب") == "أب"
    True
    """
    text = limit_combining_marks(text)
    if unicodedata.is_normalized(NFC, text):
        return text
    # Nothing composes with a blank before it, so words can be taken one by one;
    # checking a word costs far less than composing it again.
    return " ".join(
        word
        if unicodedata.is_normalized(NFC, word)
        else unicodedata.normalize(NFC, word)
        for word in text.split(" ")
    )


def has_long_word(text: str) -> bool:
    """Whether so much stands together that there may be too many marks in it."""
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


def limit_marks_in_word(word: str) -> str:
    """The word without the marks that stand beyond the hundredth on one letter.

    >>> limit_marks_in_word("كِتَاب"), len(limit_marks_in_word("ب" + "َ" * 500))
    ('كِتَاب', 101)
    """
    if len(word) <= MAX_COMBINING_MARKS:
        return word
    kept, marks = [], 0
    for char in word:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MAX_COMBINING_MARKS:
            kept.append(char)
    return "".join(kept)


def limit_combining_marks(text: str) -> str:
    """The text with no more than a hundred marks on any letter.

    >>> limit_combining_marks("كِتَابٌ قديم")
    'كِتَابٌ قديم'
    """
    if not has_long_word(text):
        return text
    return " ".join(limit_marks_in_word(word) for word in text.split(" "))


def has_excess_marks(text: str) -> bool:
    """Whether `clean_text` would drop marks."""
    return limit_combining_marks(text) != text


def clean_line(text: str) -> str:
    """The text as one line for titles and names: also without bidi controls.

    Zero-width joiners stay, since they shape words.

    >>> clean_line("\\u202bمقدّمة\\u202c\\n  ابن  خلدون")
    'مقدّمة ابن خلدون'
    """
    # Marks that a control kept apart meet without it, perhaps in the wrong order.
    return to_nfc(clean_name(clean_text(text))) if text else ""


def shorten(text: str, *, limit: int) -> str:
    """The text cut at a blank before *limit* characters, with an ellipsis.

    >>> shorten("تاريخ الصحافة في العراق", limit=15)
    'تاريخ الصحافة…'
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip() + "…"
