"""Lines of a plain or gzip file, read one by one, with bounds on their size."""

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from django.utils.translation import gettext as _

from archive.importing.problems import FileUnreadable, Note, RecordRefused, excerpt
from archive.importing.readers.encoding import (
    UTF8,
    WINDOWS_1256,
    Recoded,
    detect_utf16,
    has_old_line_ends,
    preview_line,
)

MEBIBYTE: Final = 1024 * 1024
MAX_LINE_BYTES: Final = 32 * MEBIBYTE
# Bytes unpacked for each packed byte. Text has a ratio of about 10; gzip allows 1,000,
# which only decompression bombs reach.
MAX_EXPANSION: Final = 200
# Bytes that may be unpacked in addition to that.
EXPANSION_ALLOWANCE: Final = 16 * MEBIBYTE
GZIP_MAGIC: Final = b"\x1f\x8b"
HEAD_LENGTH: Final = 64 * 1024
BOM: Final = b"\xef\xbb\xbf"


# Behind a carriage return that no line feed follows, but at the end.
_CR_RE: Final = re.compile(rb"(?<=\r)(?!\n)(?!\Z)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its number, from 1, and its bytes, or the fault that hides them."""

    number: int
    content: bytes
    fault: Note | None = None


class SourceFile:
    """An open file of records. Use as a context manager.

    *encoding* is one of `ENCODINGS`, None where it is to be found out. Raises
    `FileUnreadable` where it cannot be opened.
    """

    def __init__(
        self,
        path: Path,
        *,
        longest_line: int = MAX_LINE_BYTES,
        encoding: str | None = None,
    ) -> None:
        self.path = path
        self.encoding = encoding
        self.longest_line = longest_line
        self._raw: io.BufferedReader | io.BytesIO
        try:
            if path.is_dir():
                self._raw, self.size = io.BytesIO(), 0
            else:
                self._raw = path.open("rb")
                self.size = path.stat().st_size
        except OSError as error:
            raise FileUnreadable(
                _("%(path)s cannot be opened: %(detail)s.")
                % {"path": path, "detail": error.strerror}
            ) from error
        self._stream: BinaryIO = self._raw
        self._unpacked = 0
        is_gzip = self._raw.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        self._raw.seek(0)
        if is_gzip:
            self._stream = io.BufferedReader(gzip.GzipFile(fileobj=self._raw))
        self._plain = self._stream

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._raw.close()

    def position(self) -> int:
        """The number of bytes of the file on disk that have been read."""
        return 0 if self._raw.closed else self._raw.tell()

    def peek_head(self) -> bytes:
        """The first `HEAD_LENGTH` bytes, unpacked, in UTF-8; `lines` has them again.

        Raises `FileUnreadable` for a damaged gzip file.
        """
        head = self._peek_plain()
        encoding = self.encoding or detect_utf16(head)
        if encoding in {None, UTF8} and not has_old_line_ends(head):
            return head
        self._stream = self._recode(encoding or UTF8)
        try:
            head = self._stream.read(HEAD_LENGTH)
        finally:
            self._plain.seek(0)
            self._stream = self._recode(encoding or UTF8)
        return head

    def binary(self) -> BinaryIO:
        """The unpacked bytes from their beginning, for readers of whole files."""
        self._plain.seek(0)
        return self._plain

    def recoded(self) -> BinaryIO:
        """The unpacked text in UTF-8 from its beginning; call `peek_head` before."""
        return self._stream

    def _recode(self, encoding: str) -> BinaryIO:
        return io.BufferedReader(Recoded(self._plain, encoding))

    def _peek_plain(self) -> bytes:
        self._plain.seek(0)
        try:
            head = self._plain.read(HEAD_LENGTH)
            self._plain.seek(0)
        except (OSError, EOFError, zlib.error) as error:
            raise FileUnreadable(
                _("%(path)s is a damaged gzip file: %(detail)s.")
                % {"path": self.path, "detail": error}
            ) from error
        return head

    def lines(self) -> Iterator[Line]:
        """The lines, those that are too long or damaged as faults."""
        number = 0
        while True:
            number += 1
            try:
                content = self._read(self.longest_line + 1)
                is_too_long = len(content) > self.longest_line
                if is_too_long and not content.endswith(b"\n"):
                    self._skip_rest_of_line()
            except (OSError, EOFError, zlib.error) as error:
                yield Line(number, b"", Note("damaged", values={"detail": error}))
                return
            if self._unpacks_too_far():
                times = {"times": MAX_EXPANSION}
                yield Line(number, b"", Note("unpacks_too_far", values=times))
                return
            if not content:
                return
            if is_too_long:
                limit = {"limit": self.longest_line / MEBIBYTE}
                yield Line(number, b"", Note("too_long", values=limit))
                continue
            content = content.removeprefix(BOM)
            if b"\r" not in content[:-2]:
                yield Line(number, content)
                continue
            # A carriage return alone ends a line too: files are pasted together.
            for part in _CR_RE.split(content):
                yield Line(number, part)

    def _skip_rest_of_line(self) -> None:
        while chunk := self._read(MEBIBYTE):
            if chunk.endswith(b"\n") or self._unpacks_too_far():
                return

    def _read(self, most: int) -> bytes:
        content = self._stream.readline(most)
        self._unpacked += len(content)
        return content

    def _unpacks_too_far(self) -> bool:
        if self._plain is self._raw:
            return False
        return self._unpacked > EXPANSION_ALLOWANCE + MAX_EXPANSION * self._raw.tell()


def decode_line(content: bytes) -> str:
    """The line as text. Raises `RecordRefused` where it is not UTF-8.

    >>> decode_line("دجلة".encode())
    'دجلة'
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RecordRefused(not_utf8_note(content, error.start)) from error


def not_utf8_note(content: bytes, start: int) -> Note:
    """The note on a line whose byte at offset *start* is not UTF-8."""
    values = {"byte": f"0x{content[start]:02X}", "position": start + 1}
    return Note("not_utf8", values=values)


def refuse_unsupported_encoding(path: Path, head: bytes) -> None:
    """Raise `FileUnreadable` where the head has non-ASCII lines, none of them UTF-8."""
    lines = head.splitlines()
    if len(head) == HEAD_LENGTH and len(lines) > 1:
        lines = lines[:-1]
    non_ascii = [line for line in lines if not line.isascii()]
    if non_ascii and not any(_is_utf8(line) for line in non_ascii):
        raise FileUnreadable(
            _(
                "%(path)s is not in UTF-8. In Windows-1256 it begins with “%(line)s”:"
                " if that is right, give --encoding windows-1256, or convert it:"
                " iconv -f WINDOWS-1256 -t UTF-8 %(path)s > utf8-%(name)s"
            )
            % {
                "path": path,
                "name": path.name,
                "line": excerpt(preview_line(head, WINDOWS_1256)),
            }
        )


def _is_utf8(content: bytes) -> bool:
    # The end of the head may cut a character in two.
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True
