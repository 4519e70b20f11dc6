"""Chicago (17th edition, bibliography), MLA (9th) and APA (7th).

Names keep the order in which they are printed, and titles their letters: neither is
turned round or transliterated, for that would be a guess.
"""

from collections.abc import Callable
from typing import Final

from archive.citing.reference import Reference
from archive.citing.styles.citation import (
    Citation,
    Piece,
    Run,
    in_parentheses,
    join_runs,
)
from archive.dates import PartialDate, format_hijri, month_name

ENGLISH: Final = "en"
UNDATED: Final = "n.d."
_PAIR: Final = 2
# The abbreviations of the MLA Handbook, 9th edition, appendix 1.
_MLA_MONTHS: Final = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June",
                      "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")  # fmt: skip
# Marks of quotation inside a title, which stands in double ones itself.
_INNER_QUOTES: Final = str.maketrans("“”«»", "‘’‘’")
_ENDS: Final = (".", "?", "!", "؟", "…")

FormatDate = Callable[[PartialDate], str]


def write_chicago(reference: Reference) -> Citation:
    """Author. “Title.” Source 3, no. 12 (March 18, 1927): 4–5. Archive."""
    accessed = _american(PartialDate.from_date(reference.accessed))
    parts = [
        _names(reference.creators, "and"),
        _quoted_title(reference),
        (*_chicago_source(reference), Run(".")),
        (Run(_end(reference.archive_en)),),
        (Run(f"Accessed {accessed}."),),
        (Run(reference.address, Piece.ADDRESS), Run(".")),
    ]
    return Citation(join_runs(parts, " "))


def write_mla(reference: Reference) -> Citation:
    """Author. “Title.” Source, vol. 3, no. 12, 18 Mar. 1927, pp. 4–5. Archive."""
    accessed = _mla_day(PartialDate.from_date(reference.accessed))
    in_source = [
        _container(reference),
        _labeled("vol.", reference.volume),
        _labeled("no.", reference.issue),
        (Run(_date(reference, _mla_day)),),
        _labeled("pp." if reference.page_range[1] else "p.", _pages(reference)),
    ]
    parts = [
        _names(reference.creators, "and"),
        _quoted_title(reference),
        (*join_runs(in_source, ", "), Run(".")),
        (
            Run(f"{reference.archive_en}, "),
            Run(reference.address, Piece.ADDRESS),
            Run("."),
        ),
        (Run(f"Accessed {accessed}."),),
    ]
    return Citation(join_runs(parts, " "))


def write_apa(reference: Reference) -> Citation:
    """Author. (1927, March 18). Title. Source, 3(12), 4–5. Archive. Retrieved."""
    accessed = _american(PartialDate.from_date(reference.accessed))
    issue = f"({reference.issue})" if reference.issue else ""
    in_source = [
        _container(reference),
        (Run(reference.volume + issue),),
        (Run(_pages(reference)),),
    ]
    title_end = "" if reference.title.endswith(_ENDS) else "."
    title = (Run(reference.title, Piece.TITLE), Run(title_end))
    date = (Run(f"({_date(reference, _apa_day)})."),)
    names = _names(reference.creators, "&")
    parts = [
        # Without an author the title takes the first place.
        *([names, date, title] if reference.creators else [title, date]),
        (*join_runs(in_source, ", "), Run(".")),
        (Run(_end(reference.archive_en)),),
        (Run(f"Retrieved {accessed}, from "), Run(reference.address, Piece.ADDRESS)),
    ]
    return Citation(join_runs(parts, " "))


def _chicago_source(reference: Reference) -> tuple[Run, ...]:
    """Of a periodical with numbers: 3, no. 12 (date): pages; else date, pages."""
    date, pages = _date(reference, _american), _pages(reference)
    if not (reference.volume or reference.issue):
        return join_runs([_container(reference), (Run(date),), (Run(pages),)], ", ")
    volume = (Run(f" {reference.volume}" if reference.volume else ""),)
    issue = (Run(f"no. {reference.issue}" if reference.issue else ""),)
    numbered = join_runs([(*_container(reference), *volume), issue], ", ")
    return (*numbered, Run(f" ({date})"), Run(f": {pages}" if pages else ""))


def _container(reference: Reference) -> tuple[Run, ...]:
    container = Run(reference.container_latin, Piece.CONTAINER)
    return (container, *in_parentheses(reference.place))


def _quoted_title(reference: Reference) -> tuple[Run, ...]:
    end = "”" if reference.title.endswith(_ENDS) else ".”"
    title = reference.title.translate(_INNER_QUOTES)
    return (Run("“"), Run(title, Piece.TITLE), Run(end))


def _labeled(label: str, value: str) -> tuple[Run, ...]:
    return (Run(f"{label} {value}"),) if value else ()


def _pages(reference: Reference) -> str:
    return "–".join(page for page in reference.page_range if page)


def _names(names: tuple[str, ...], word: str) -> tuple[Run, ...]:
    """The names as a list in English, with a full stop.

    >>> str(Citation(_names(("Taha Husayn", "Ahmad Amin"), "and")))
    'Taha Husayn and Ahmad Amin.'
    >>> str(Citation(_names(("Taha Husayn", "Ahmad Amin", "May Ziyada"), "&")))
    'Taha Husayn, Ahmad Amin, & May Ziyada.'
    """
    if not names:
        return ()
    before_last = f", {word} " if len(names) > _PAIR else f" {word} "
    runs = [(Run(name, Piece.NAME),) for name in names]
    first, last = join_runs(runs[:-1], ", "), runs[-1]
    end = "" if names[-1].endswith(_ENDS) else "."
    return (*join_runs([first, last], before_last), Run(end))


def _end(text: str) -> str:
    return text if not text or text.endswith(_ENDS) else f"{text}."


def _date(reference: Reference, format_date: FormatDate) -> str:
    """The printed date in its calendar, a slash, and the Gregorian one."""
    hijri, words = reference.printed_hijri, reference.printed_words
    printed = format_hijri(hijri, ENGLISH) if hijri else words
    gregorian = format_date(reference.published) if reference.published else ""
    return "/".join(part for part in (printed, gregorian) if part) or UNDATED


def _american(date: PartialDate) -> str:
    """March 18, 1927."""
    if date.month is None:
        return str(date.year)
    month = month_name(date.month, ENGLISH)
    return f"{month} {date.day}, {date.year}" if date.day else f"{month} {date.year}"


def _apa_day(date: PartialDate) -> str:
    """1927, March 18."""
    if date.month is None:
        return str(date.year)
    month = month_name(date.month, ENGLISH)
    return f"{date.year}, {month} {date.day}" if date.day else f"{date.year}, {month}"


def _mla_day(date: PartialDate) -> str:
    """18 Mar. 1927."""
    month = _MLA_MONTHS[date.month - 1] if date.month else ""
    return " ".join(str(part) for part in (date.day, month, date.year) if part)
