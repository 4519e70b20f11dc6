"""What a page was asked for and cannot show: the reader is told, not left to guess."""

from typing import Final

from django.http import QueryDict

# Characters that are shown of a value.
_SHOWN: Final = 60


def find_left_out(parameters: QueryDict, **used: object) -> tuple[str, ...]:
    """The values in the query string that the page did not take, shortened.

    *used* names parameters, each with the value that the page went by; a parameter that
    is empty or missing is none.

    >>> find_left_out(QueryDict("period=1700&page=2"), period="", page=2)
    ('1700',)
    """
    asked = {name: _clean(parameters.get(name, "")) for name in used}
    return tuple(
        value[:_SHOWN]
        for name, value in asked.items()
        if value and value != str(used[name])
    )


def _clean(value: str) -> str:
    return "".join(filter(str.isprintable, value)).strip()
