"""Names and titles as they are stored: what was typed, without what cannot be seen."""

from typing import Final

# The characters that only steer the direction of text (ux: direction comes from
# markup). Joiners such as U+200C stay: Persian words need them.
BIDI_CONTROLS: Final = (
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}"
    "\N{POP DIRECTIONAL FORMATTING}"
    "\N{LEFT-TO-RIGHT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}"
    "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"
)
_WITHOUT_CONTROLS = str.maketrans(dict.fromkeys(BIDI_CONTROLS))


def clean_name(text: str) -> str:
    """*text* on one line, single-spaced, without bidirectional control characters.

    Vowel marks, tatweel and every other letter stay as typed.

    >>> clean_name("\\N{RIGHT-TO-LEFT MARK} أحمد  شَوقي\\n")
    'أحمد شَوقي'
    """
    return " ".join(text.translate(_WITHOUT_CONTROLS).split())
