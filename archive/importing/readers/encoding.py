"""Encodings other than UTF-8, and line ends of old computers, as a stream of UTF-8.

UTF-16 is found out by its mark or by its zero bytes. Windows-1256 cannot be told from
other code pages for certain, so that it is read only where the person says so.
"""

import codecs
import io
from collections.abc import Mapping
from typing import BinaryIO, Final

UTF8: Final = "utf-8"
WINDOWS_1256: Final = "windows-1256"
ENCODINGS: Final = (UTF8, WINDOWS_1256, "utf-16", "iso-8859-6", "mac-arabic")
_CODECS: Final[Mapping[str, str]] = {"mac-arabic": "mac_arabic"}

_MARKS: Final[Mapping[bytes, str]] = {
    # Before those of UTF-16, with which it begins.
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CHUNK: Final = 64 * 1024
# Of the bytes at even or odd places of UTF-16 with Latin punctuation: those are zero in
# no other text.
_ZERO_SHARE: Final = 0.05
# The high byte of Arabic letters in UTF-16.
_ARABIC_PAGE: Final = 0x06
_PAGE_SHARE: Final = 0.3


def detect_utf16(head: bytes) -> str | None:
    """The codec of a head in UTF-16, with or without its mark; None for others.

    >>> detect_utf16("العنوان,النص\\n".encode("utf-16-le")), detect_utf16(b"title\\n")
    ('utf-16-le', None)
    """
    for mark, codec in _MARKS.items():
        if head.startswith(mark):
            return codec
    for start, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = head[start::2], head[1 - start :: 2]
        if not high:
            continue
        zeros = high.count(0) / len(high)
        arabic = high.count(_ARABIC_PAGE) / len(high)
        if 0 not in low and zeros > _ZERO_SHARE and zeros + arabic > _PAGE_SHARE:
            return codec
    return None


def has_old_line_ends(head: bytes) -> bool:
    """Whether lines end in CR alone, as on a Macintosh of old.

    >>> has_old_line_ends(b"title\\rtext\\r"), has_old_line_ends(b"a\\r\\nb\\r\\n")
    (True, False)
    """
    return b"\r" in head and b"\n" not in head


class Recoded(io.RawIOBase):
    """A stream of UTF-8 over one in another encoding; CR alone becomes LF.

    What cannot be decoded becomes U+FFFD, which the records are told of.
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        codec = _CODECS.get(encoding, encoding)
        self._decoder = codecs.getincrementaldecoder(codec)(errors="replace")
        self._newlines = io.IncrementalNewlineDecoder(None, translate=True)
        self._waiting = b""
        self._at_end = False

    def readable(self) -> bool:
        """True: the stream is for reading."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill *buffer* with UTF-8; the number of bytes, 0 at the end."""
        while not self._waiting and not self._at_end:
            chunk = self._stream.read(CHUNK)
            self._at_end = not chunk
            text = self._decoder.decode(chunk, final=self._at_end)
            text = self._newlines.decode(text, final=self._at_end)
            self._waiting = text.encode(UTF8, errors="replace")
        count = min(len(buffer), len(self._waiting))
        buffer[:count] = self._waiting[:count]
        self._waiting = self._waiting[count:]
        return count


def preview_line(head: bytes, encoding: str) -> str:
    """The first line of a head that is not all ASCII, for a person to judge.

    >>> preview_line("العنوان;النص\\r\\n".encode("cp1256"), "windows-1256")
    'العنوان;النص'
    """
    text = head[:CHUNK].decode(_CODECS.get(encoding, encoding), errors="replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in lines if not line.isascii()), "".join(lines[:1]))
