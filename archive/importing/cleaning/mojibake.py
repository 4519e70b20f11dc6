"""Arabic that was decoded by the wrong table, and what is lost for good.

UTF-8 read as Windows-1252 («Ø§Ù„») and Windows-1256 read as Latin 1 («ÑÓÇáÉ») can be
put right, because every byte is still there; question marks cannot.
"""

import re
from typing import Final

# Letters that begin each Arabic letter of UTF-8 in Windows-1252: bytes D8 to DB, and
# those of punctuation, E2 and C2.
_UTF8_RE: Final = re.compile("[ØÙÚÛ][\x80-\xbf\u0152-\u2122]")
# The same letters when that was taken for UTF-8 once more.
_TWICE_RE: Final = re.compile("Ã[\x80-\xbf\u0152-\u2122]Â")
# The same bytes in Windows-1256: ط and ظ before signs and letters of other languages.
_UTF8_AS_1256_RE: Final = re.compile("(?:[طظ][\x80-\xbf\u0152-\u2122ٹپچژڈگکڑںھ؛،؟]){2}")
# JSON's escapes of Arabic letters in a file that is none.
_ESCAPES_RE: Final = re.compile(r"(?:\\u06[0-9a-fA-F]{2}){2}")
_ESCAPE: Final = r"\u06"
_ESCAPE_RE: Final = re.compile(r"\\u(0[0-9a-fA-F]{3}|20[0-9a-fA-F]{2})")
_LATIN_RE: Final = re.compile("[À-ÿ]")
_LETTER_RE: Final = re.compile(r"[^\W\d_]")
_ARABIC_RE: Final = re.compile("[ء-يپ-ۓ]")
# Arabic letters that no garbled text in Arabic has, by whichever table.
_MEANT_RE: Final = re.compile("[ءؤ-ضـ-ي]")
_LOST: Final = "??"
_LOOKED_AT: Final = 1000
# Characters in which almost every text in Arabic has a letter of its own.
_BEGINNING: Final = 50
# Of the letters of a text, before and after.
_LATIN_SHARE: Final = 0.7
_ARABIC_SHARE: Final = 0.8
_FEWEST_LETTERS: Final = 4
_FEWEST_MARKS: Final = 4
_LOST_SHARE: Final = 0.7


def repair(text: str) -> str | None:
    """The text as it was meant; None where it is not garbled, or cannot be put right.

    >>> repair("Ø§Ù„Ø³ÙˆÙ‚"), repair("ÑÓÇáÉ ãä ÇáÈÕÑÉ")
    ('السوق', 'رسالة من البصرة')
    >>> repair("دجلة"), repair("Élection présidentielle à Tunis")
    (None, None)
    >>> repair("ط±ط³ط§ظ„ط©"), repair("خبر".encode("unicode_escape").decode())
    ('رسالة', 'خبر')
    """
    # What is garbled is so from its beginning.
    is_meant = _MEANT_RE.search(text, 0, _BEGINNING)
    if not is_meant and _UTF8_AS_1256_RE.search(text, 0, _LOOKED_AT):
        meant = _decode_1256(text)
        if meant is not None:
            return repair(meant) or meant
    if _ESCAPE in text and _ESCAPES_RE.search(text, 0, _LOOKED_AT):
        return _ESCAPE_RE.sub(lambda match: chr(int(match[1], 16)), text)
    # No table has Arabic letters beside those that garbled text consists of.
    is_arabic = is_meant or _ARABIC_RE.search(text, 0, _BEGINNING)
    if is_arabic or not _LATIN_RE.search(text, 0, _LOOKED_AT):
        return None
    return _repair_utf8(text) or _repair_1256(text)


def _repair_utf8(text: str) -> str | None:
    """The text if it is UTF-8 that was read as Windows-1252, once or twice."""
    if not _UTF8_RE.search(text) and not _TWICE_RE.search(text):
        return None
    meant = _decode(text, "utf-8")
    if meant is None or _ARABIC_RE.search(meant):
        return meant
    return _repair_utf8(meant)


def _repair_1256(text: str) -> str | None:
    """The text if it is Windows-1256 that was read as Latin 1."""
    letters = _LETTER_RE.findall(text)
    latin = _LATIN_RE.findall(text)
    if len(latin) < max(_FEWEST_LETTERS, _LATIN_SHARE * len(letters)):
        return None
    meant = _decode(text, "cp1256")
    if meant is None:
        return None
    after = _LETTER_RE.findall(meant)
    is_arabic = len(_ARABIC_RE.findall(meant)) >= _ARABIC_SHARE * len(after)
    return meant if is_arabic else None


def is_lost(text: str) -> bool:
    """Whether question marks stand for almost all letters.

    >>> is_lost("????? ?? ??????"), is_lost("لماذا؟؟"), is_lost("Really???")
    (True, False, False)
    """
    if _LOST not in text:
        return False
    marks = text.count("?")
    seen = sum(not letter.isspace() for letter in text)
    return marks >= max(_FEWEST_MARKS, _LOST_SHARE * seen)


def _decode_1256(text: str) -> str | None:
    """The bytes of the text in Windows-1256, read as UTF-8: no other text is both."""
    try:
        return text.encode("cp1256").decode("utf-8")
    except UnicodeError:
        return None


def _decode(text: str, encoding: str) -> str | None:
    """The bytes of the text, by Windows-1252 or Latin 1, read by another table."""
    try:
        content = b"".join(map(_byte_of, text))
        return content.decode(encoding)
    except UnicodeError:
        return None


def _byte_of(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        # The five codes that Windows-1252 leaves free are kept as control characters.
        return letter.encode("latin-1")
