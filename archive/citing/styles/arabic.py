"""The Arabic style: author, «title», source, volume, issue, date, page, archive."""

from typing import Final

from archive.citing.reference import Reference
from archive.citing.styles.citation import (
    Citation,
    Piece,
    Run,
    in_parentheses,
    join_runs,
)
from archive.dates import (
    Digits,
    PartialDate,
    format_hijri,
    format_partial,
    to_arabic_digits,
)

_COMMA: Final = "، "
_UNDATED: Final = "بلا تاريخ"
# Marks of quotation inside a title, which stands in « » itself.
_INNER_QUOTES: Final = str.maketrans("«»", "“”")


def write_arabic(reference: Reference, *, months: str, digits: str) -> Citation:
    """The citation in Arabic, dates with *months* and *digits*."""

    def number(label: str, value: str) -> tuple[Run, ...]:
        shown = to_arabic_digits(value) if digits == Digits.ARABIC else value
        return (Run(f"{label} {shown}"),) if value else ()

    def day(date: PartialDate) -> str:
        return format_partial(date, months=months, digits=digits)

    accessed = day(PartialDate.from_date(reference.accessed))
    title = reference.title.translate(_INNER_QUOTES)
    parts = [
        join_names(reference.creators),
        (Run("«"), Run(title, Piece.TITLE), Run("»")),
        _container(reference),
        number("مج", reference.volume),
        number("ع", reference.issue),
        (Run(_date(reference, months=months, digits=digits)),),
        number("ص", "–".join(page for page in reference.page_range if page)),
        (Run(reference.archive_ar),),
        (Run(reference.address, Piece.ADDRESS),),
        (Run(f"تاريخ الاطلاع: {accessed}"),),
    ]
    return Citation((*join_runs(parts, _COMMA), Run(".")))


def join_names(names: tuple[str, ...]) -> tuple[Run, ...]:
    """The names joined by و, which stands apart before Latin letters.

    >>> str(Citation(join_names(("طه حسين", "أحمد أمين"))))
    'طه حسين وأحمد أمين'
    >>> str(Citation(join_names(("رويترز", "AFP"))))
    'رويترز و AFP'
    """
    joined = [Run(name, Piece.NAME) for name in names[:1]]
    for name in names[1:]:
        and_ = " و " if name[:1].isascii() else " و"
        joined += [Run(and_), Run(name, Piece.NAME)]
    return tuple(joined)


def _container(reference: Reference) -> tuple[Run, ...]:
    return (Run(reference.container, Piece.CONTAINER), *in_parentheses(reference.place))


def _date(reference: Reference, *, months: str, digits: str) -> str:
    """The printed date in its calendar, the Gregorian one in parentheses behind it."""
    hijri, words = reference.printed_hijri, reference.printed_words
    printed = format_hijri(hijri, digits=digits) if hijri else words
    if reference.published is None:
        return printed or _UNDATED
    gregorian = format_partial(reference.published, months=months, digits=digits)
    return f"{printed} ({gregorian})" if printed else gregorian
