"""Cursors of lists: signed, so that one of another list or site is refused.

A list is in the order of keys that writes never change: what is added comes behind, and
no position moves (keyset pagination).
"""

from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from search.api.problems import BAD_CURSOR, Problem

_SIGNER: Final = "search.api.cursors"


def write_cursor(after: int, of: str) -> str:
    """The cursor behind the row *after* of the list that *of* describes."""
    return _make_signer(of).sign(str(after))


def read_cursor(cursor: str, of: str) -> int:
    """The row that the cursor stands behind; 0 for ``""``, the beginning.

    Raises Problem for any cursor that `write_cursor` has not made for the same list.
    """
    if not cursor:
        return 0
    try:
        return int(_make_signer(of).unsign(cursor))
    except (BadSignature, ValueError) as error:
        sentence = _(
            "The cursor is not one of this list with these parameters. Leave it out to"
            " begin at the first article."
        )
        raise Problem(BAD_CURSOR, sentence) from error


def _make_signer(of: str) -> Signer:
    return Signer(salt=f"{_SIGNER}:{of}", sep=".")
