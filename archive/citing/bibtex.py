"""BibTeX in UTF-8, with the fields of biblatex, for LaTeX and JabRef."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from archive.citing.reference import Reference
from archive.dates import PartialDate

CONTENT_TYPE: Final = "application/x-bibtex; charset=utf-8"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun",
                  "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
# What TeX does not print as it stands. BibTeX counts braces, escaped ones too, so that
# these have a name.
_ESCAPES: Final = {
    "\\": r"{\textbackslash}",
    "{": r"{\lbrace}",
    "}": r"{\rbrace}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{char: f"\\{char}" for char in "%&$#_"},
}
_ESCAPED_RE: Final = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
# Of the languages that babel and polyglossia know under a name.
_LANGIDS: Final = {
    "ar": "arabic", "en": "english", "fr": "french", "de": "german", "es": "spanish",
    "it": "italian", "tr": "turkish", "fa": "persian", "he": "hebrew", "ru": "russian",
}  # fmt: skip


def write_bibtex(references: Iterable[Reference]) -> Iterator[str]:
    """An entry for each reference, with a field a line and none for what is unknown."""
    for reference in references:
        fields = [f"  {name} = {value},\n" for name, value in _iter_fields(reference)]
        head = f"@{reference.work_type.bibtex}{{{reference.key},\n"
        yield head + "".join(fields) + "}\n\n"


def escape(text: str) -> str:
    r"""The text with TeX's own signs escaped; Arabic stays as it is.

    >>> escape("الحبر & القلم: 5%")
    'الحبر \\& القلم: 5\\%'
    """
    return _ESCAPED_RE.sub(lambda found: _ESCAPES[found.group()], text)


def _iter_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """Names and values, in braces but for the month, which is a macro."""
    # Braces within braces keep a name in one piece, and a title in its letters.
    names = " and ".join(f"{{{escape(name)}}}" for name in reference.creators)
    published = reference.published
    first_page, last_page = reference.page_range
    work_type = reference.work_type
    texts = {
        "title": f"{{{escape(reference.title)}}}",
        "author": names,
        work_type.part_of: escape(reference.container),
        "entrysubtype": work_type.entry_subtype,
        "date": published.iso() if published else "",
        "year": f"{published.year:04}" if published else "",
        "month": _month(published),
        "volume": escape(reference.volume),
        "number": escape(reference.issue),
        "pages": "--".join(escape(page) for page in (first_page, last_page) if page),
        "address": escape(reference.place),
        "language": reference.language,
        "langid": _LANGIDS.get(reference.language.partition("-")[0], ""),
        "keywords": ", ".join(escape(word) for word in reference.keywords),
        "note": escape(reference.printed_date),
        "rights": escape(reference.rights),
        "url": reference.address,
        "urldate": reference.accessed.isoformat(),
        "library": escape(reference.archive_ar),
    }
    for name, text in texts.items():
        if text:
            yield name, text if name == "month" else f"{{{text}}}"


def _month(date: PartialDate | None) -> str:
    return _MONTHS[date.month - 1] if date and date.month else ""
