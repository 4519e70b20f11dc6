"""The reader of web archives (WARC, ISO 28500): a row for each page of HTML."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _

from archive.importing.cleaning.saved_page import NoPage, read_saved_page
from archive.importing.problems import FileUnreadable, Note
from archive.importing.readers.lines import MAX_LINE_BYTES, MEBIBYTE
from archive.importing.readers.rows import Read, Refusal, Remark, Row

_HTML: Final = ("text/html", "application/xhtml+xml")
_FOUND: Final = "200"


def iter_warc_rows(stream: BinaryIO) -> Iterator[Read]:
    """A row for each page that a server gave; other responses are counted and told.

    The address is the identifier, and the day of the visit that of the acquisition.
    Raises `FileUnreadable` where warcio is not installed or the archive is damaged.
    """
    try:
        # An extra that an archive may do without.
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
    except ImportError as error:
        raise FileUnreadable(
            _(
                "Web archives (WARC) are read by warcio, which is not installed:"
                " .venv/bin/pip install -r requirements-pages.lock"
            )
        ) from error
    number, skipped = 0, Counter[str]()
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response":
                continue
            if not _is_page(record):
                skipped[_kind(record)] += 1
                continue
            number += 1
            yield _read(number, record)
    except ArchiveLoadFailed as error:
        raise FileUnreadable(
            _("The web archive is damaged: %(detail)s.") % {"detail": error}
        ) from error
    if skipped:
        kinds = ", ".join(f"{kind} ({n})" for kind, n in skipped.most_common())
        yield Remark(0, Note("entries_skipped", values={"kinds": kinds}))


def _is_page(record: Any) -> bool:
    return _kind(record).startswith(_HTML)


def _kind(record: Any) -> str:
    """The media type of a response, or the status of one that found nothing."""
    headers = record.http_headers
    if headers is None:
        return "?"
    if headers.get_statuscode() != _FOUND:
        return f"HTTP {headers.get_statuscode()}"
    return (headers.get_header("Content-Type") or "?").lower().partition(";")[0]


def _read(number: int, record: Any) -> Read:
    content = record.content_stream().read(MAX_LINE_BYTES + 1)
    if len(content) > MAX_LINE_BYTES:
        return Refusal(
            number, Note("too_long", values={"limit": MAX_LINE_BYTES // MEBIBYTE})
        )
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    try:
        page = read_saved_page(content)
    except NoPage:
        return Refusal(number, Note("empty"))
    columns: dict[str, object] = dict(page.columns)
    columns.setdefault("url", address)
    columns["external_id"] = address
    columns["acquired_at"] = record.rec_headers.get_header("WARC-Date") or ""
    return Row(number, columns)
