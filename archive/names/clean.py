"""Cleaning of names and titles before they are stored."""

import re
from typing import Final

# Bidirectional formatting characters (UAX #9): pages set directions by markup instead.
# Joiners such as U+200C are kept, because Persian words need them.
BIDI_CONTROLS: Final = (
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}"
    "\N{POP DIRECTIONAL FORMATTING}"
    "\N{LEFT-TO-RIGHT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}"
    "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"
)
_BIDI_RE: Final = re.compile(f"[{BIDI_CONTROLS}]")


def clean_name(text: str) -> str:
    """The text on one line, single-spaced, without bidirectional formatting characters.

    Diacritics, tatweel and all letters stay as typed.

    >>> clean_name("\\N{RIGHT-TO-LEFT MARK} أحمد  شَوقي\\n")
    'أحمد شَوقي'
    """
    # What controls direction is not printable.
    if not text.isprintable():
        text = _BIDI_RE.sub("", text)
    return " ".join(text.split())
