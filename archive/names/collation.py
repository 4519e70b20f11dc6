"""Folds of names for ordering and for telling two spellings of one name alike.

The catalogue must not depend on the search package, so the few folds it needs
stand here. They order names as a dictionary does and are never shown.
"""

import unicodedata

_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ئ": "ي",
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "گ": "ك",
        "پ": "ب",
        "چ": "ج",
        "ڤ": "ف",
        "ء": None,
        "ـ": None,
    }
)


def sort_key(name: str) -> str:
    """A key under which names sort as in a dictionary, on any database.

    Hamza seats, teh marbuta, alef maksura, marks, tatweel, case and the shape
    of digits do not count; the order of words does.

    >>> sort_key("أحمد شوقي") == sort_key("احمد شوقى")
    True
    >>> sorted(["وهران", "إربل", "بغداد"], key=sort_key)
    ['إربل', 'بغداد', 'وهران']
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    kept = [
        str(unicodedata.digit(char)) if char.isdigit() else char
        for char in decomposed
        if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
    ]
    folded = "".join(kept).translate(_LETTERS).casefold()
    return " ".join(folded.split())
