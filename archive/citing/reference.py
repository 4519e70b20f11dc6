"""A reference: all that citations say of an article, whatever their form."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from archive.citing.work_types import WorkType
from archive.dates import DateNotUnderstood, HijriDate, PartialDate, parse_date

# "4", "4-5", "4 – 5": Latin or Arabic digits, any hyphen or dash.
_PAGES_RE: Final = re.compile(r"\s*(\w+)\s*(?:[-\u2010-\u2015]\s*(\w+)\s*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What is cited, and from which archive.

    ``creators`` are the authors as printed, or the byline where there are none: which
    part of a name is the family's is never guessed. ``printed_date`` is the date in the
    words of the source. ``container`` is the Arabic name of the source and
    ``container_latin`` the one for citations in English. ``address`` is the permanent
    one; ``accessed`` is the day on which the text was read there. Texts have no line
    ends: see `one_line`.
    """

    number: int
    key: str
    work_type: WorkType
    title: str
    creators: tuple[str, ...]
    container: str
    container_latin: str
    published: PartialDate | None
    printed_date: str
    volume: str = ""
    issue: str = ""
    pages: str = ""
    place: str = ""
    rights: str = ""
    language: str
    keywords: tuple[str, ...] = ()
    address: str
    archive_ar: str
    archive_en: str
    accessed: dt.date

    @property
    def printed_hijri(self) -> HijriDate | None:
        """The Hijri date that the source has printed, alone or beside another."""
        try:
            return parse_date(self.printed_date).hijri
        except DateNotUnderstood:
            return None

    @property
    def printed_words(self) -> str:
        """The printed date where it cannot be read: كانون سنة الثلج; else ``""``."""
        try:
            parse_date(self.printed_date)
        except DateNotUnderstood:
            return self.printed_date
        return ""

    @property
    def page_range(self) -> tuple[str, str]:
        """The first and the last page; the last is empty for a single one.

        All in the first where the pages are no range: "4، 7".
        """
        match = _PAGES_RE.fullmatch(self.pages)
        if match is None:
            return self.pages, ""
        return match[1], match[2] or ""


def one_line(text: str) -> str:
    """The text with single blanks for all white space, line ends among it.

    >>> one_line(" الكتاب\\r\\n والقلم ")
    'الكتاب والقلم'
    """
    return " ".join(text.split())


def make_key(source_slug: str, published: PartialDate | None, number: int) -> str:
    """A citation key: ASCII, the same at all times, and of this article alone.

    >>> make_key("al-muqtabas", PartialDate(1908, 3), 12)
    'al-muqtabas-190803-12'
    """
    date = published.iso().replace("-", "") if published else "nd"
    return f"{source_slug}-{date}-{number}"
