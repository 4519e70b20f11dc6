"""Unsupported file formats, detected by magic numbers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.importing.problems import FileUnreadable
from archive.importing.readers.lines import BOM

# XML and zip archives are never parsed, which makes entities and bombs harmless.
_MAGIC_NUMBERS: Final[Mapping[bytes, Promise]] = {
    b"PK\x03\x04": gettext_lazy("a spreadsheet (.xlsx, .ods) or a zip archive"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": gettext_lazy("a spreadsheet (.xls)"),
    b"<?xml": gettext_lazy("XML"),
    b"<!DOCTYPE": gettext_lazy("XML or HTML"),
    b"<html": gettext_lazy("HTML"),
    b"%PDF-": gettext_lazy("PDF"),
    b"SQLite format 3\0": gettext_lazy("a database of SQLite"),
    b"BZh": gettext_lazy("compressed by bzip2"),
    b"\xfd7zXZ\0": gettext_lazy("compressed by xz"),
    b"\x28\xb5\x2f\xfd": gettext_lazy("compressed by Zstandard"),
    b"7z\xbc\xaf\x27\x1c": gettext_lazy("a 7-Zip archive"),
    b"\x1f\x8b": gettext_lazy("compressed twice"),
}


def refuse_unsupported_format(path: Path, head: bytes) -> None:
    """Raise `FileUnreadable` where the head begins with one of the magic numbers."""
    start = head.removeprefix(BOM).lstrip()
    for magic, kind in _MAGIC_NUMBERS.items():
        if start[: len(magic)].lower() == magic.lower():
            raise FileUnreadable(
                _(
                    "%(path)s is %(kind)s. Save what is in it as JSON Lines or as CSV"
                    " in UTF-8, plain or compressed by gzip, then import that file."
                )
                % {"path": path, "kind": kind}
            )
