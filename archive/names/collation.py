"""Sort keys of names: Arabic dictionary order, and equality of spellings.

Independent of the folds in ``search.arabic``, since archive must not import search.
Keys are compared and stored, never shown.
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
    """The collation key of *name*, which sorts in dictionary order on any database.

    Equal for names that differ in hamza seats, teh marbuta, alef maksura, diacritics,
    tatweel, case or digit shapes. The order of words counts.

    >>> sort_key("أحمد شوقي") == sort_key("احمد شوقى")
    True
    >>> sorted(["وهران", "إربل", "بغداد"], key=sort_key)
    ['إربل', 'بغداد', 'وهران']
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    base_letters = [
        str(unicodedata.digit(char)) if char.isdigit() else char
        for char in decomposed
        if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
    ]
    folded = "".join(base_letters).translate(_LETTERS).casefold()
    return " ".join(folded.split())
