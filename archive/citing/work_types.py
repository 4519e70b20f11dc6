"""What reference managers call an article, by the kind of its source."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class WorkType:
    """The names of one type of work: ``zotero`` is also a value of ``dc.type``.

    ``part_of`` and ``entry_subtype`` are BibTeX's: the field of the title of the source
    and, where biblatex knows one, its kind.
    """

    ris: str
    bibtex: str
    csl: str
    zotero: str
    schema_org: str
    part_of: str = "journal"
    entry_subtype: str = ""


_NEWSPAPER: Final = WorkType(
    ris="NEWS",
    bibtex="article",
    csl="article-newspaper",
    zotero="newspaperArticle",
    schema_org="NewsArticle",
    entry_subtype="newspaper",
)
_MAGAZINE: Final = WorkType(
    ris="MGZN",
    bibtex="article",
    csl="article-magazine",
    zotero="magazineArticle",
    schema_org="Article",
    entry_subtype="magazine",
)
_WEB_PAGE: Final = WorkType(
    ris="ELEC",
    bibtex="online",
    csl="webpage",
    zotero="webpage",
    schema_org="Article",
    part_of="organization",
)
_BOOK_PART: Final = WorkType(
    ris="CHAP",
    bibtex="incollection",
    csl="chapter",
    zotero="bookSection",
    schema_org="Chapter",
    part_of="booktitle",
)

# Keys are the values of `archive.models.SourceKind`. Broadcasts are kept here as texts:
# RIS has no type for them that a reader would read back as one.
_TYPES: Final = {
    "newspaper": _NEWSPAPER,
    "magazine": _MAGAZINE,
    "agency": _NEWSPAPER,
    "radio": _NEWSPAPER,
    "television": _NEWSPAPER,
    "website": _WEB_PAGE,
    "book": _BOOK_PART,
}


def find_work_type(source_kind: str) -> WorkType:
    """The type of an article of a source of this kind; a newspaper's for an unknown.

    >>> find_work_type("magazine").ris, find_work_type("other").csl
    ('MGZN', 'article-newspaper')
    """
    return _TYPES.get(source_kind, _NEWSPAPER)
