"""The script that a name is written in."""

import unicodedata
from typing import Final

# The first words of Unicode's names of letters, and the codes of ISO 15924.
_SCRIPTS: Final = {
    "ARABIC": "Arab", "LATIN": "Latn", "HEBREW": "Hebr", "SYRIAC": "Syrc",
    "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARMENIAN": "Armn", "ETHIOPIC": "Ethi",
}  # fmt: skip


def find_script(name: str) -> str:
    """The ISO 15924 code of the first letter's script; ``""`` where it is not known.

    >>> find_script("«طه»"), find_script("Taha"), find_script("١")
    ('Arab', 'Latn', '')
    """
    letter = next((char for char in name if char.isalpha()), "")
    first = unicodedata.name(letter, "").split(" ")[0] if letter else ""
    return _SCRIPTS.get(first, "")
