"""Headings of columns: compared as a reader would, whatever their dress.

Case, spaces, underscores, vowel marks, tatweel, invisible marks and the seats of hamza
do not count: «العُنوان» is «العنوان», "External ID" is "external_id".
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from archive.importing.fields.table import (
    ACTOR_FIELDS,
    ARTICLE_FIELDS,
    SOURCE_FIELDS,
    TOPIC_FIELDS,
    RecordField,
)

_FOLDS: Final = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك"}
)
_LETTERS: Final = frozenset({"L", "N"})
# The vocabularies before a name: dcterms:title, Dublin Core:Title, schema.org's.
_PREFIX_RE: Final = re.compile(
    r"^\s*(?:dc|dcterms|dublin\s*core|schema|og|prism|bibo|foaf)\s*[:.]\s*",
    re.IGNORECASE,
)
CACHE_SIZE: Final = 4096
# Headings are short; a text of hundreds of letters is none.
MAX_HEADING: Final = 100


@functools.lru_cache(maxsize=CACHE_SIZE)
def fold_heading(name: str) -> str:
    """The letters and digits of a heading, for comparison.

    >>> fold_heading(" العُنوان "), fold_heading("External ID"), fold_heading("النصّ:")
    ('العنوان', 'externalid', 'النص')
    >>> fold_heading("Dublin Core:Title"), fold_heading("dcterms:date")
    ('title', 'date')
    """
    bare = _PREFIX_RE.sub("", unicodedata.normalize("NFKC", name[:MAX_HEADING]))
    letters = (
        letter
        for letter in bare
        if unicodedata.category(letter)[0] in _LETTERS and letter != "ـ"
    )
    return "".join(letters).translate(_FOLDS).casefold()


def fold_names(fields: Iterable[RecordField]) -> frozenset[str]:
    """The folded names of all columns from which the fields are taken unasked."""
    return frozenset(
        fold_heading(name)
        for field in fields
        for name in (field.name, field.path, *field.synonyms)
    )


# Every heading that some kind of record knows.
KNOWN_HEADINGS: Final = (*ARTICLE_FIELDS, *SOURCE_FIELDS, *TOPIC_FIELDS, *ACTOR_FIELDS)


@functools.cache
def all_headings() -> frozenset[str]:
    """The folded headings of every kind of record.

    >>> "العنوان" in all_headings(), "publishedat" in all_headings()
    (True, True)
    """
    return fold_names(KNOWN_HEADINGS)


def count_known(cells: Sequence[str], known: frozenset[str]) -> int:
    """How many cells are known headings.

    >>> count_known(["Title", "النصّ", "12"], all_headings())
    2
    """
    return sum(
        0 < len(cell) <= MAX_HEADING and fold_heading(cell) in known for cell in cells
    )
