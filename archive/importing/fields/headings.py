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


# What programs and people put around the name of a field: post_title, عنوان الموضوع.
_BEFORE: Final = frozenset(
    {"post", "article", "news", "item", "entry", "story", "record", "page", "document"}
    | {"doc", "web", "اسم"}
)
_BEHIND: Final = frozenset(
    {"name", "الخبر", "المقال", "المقاله", "الموضوع", "الماده", "المنشور", "التدوينه"}
    | {"الوثيقه", "التقرير", "البيان", "الاصلي", "الالكتروني"}
)
# "postTitle", "post-title", "عنوان الموضوع"
_BETWEEN_RE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s_\-./]+")


@functools.lru_cache(maxsize=CACHE_SIZE)
def fold_heading(name: str) -> str:
    """The letters and digits of a heading, for comparison.

    A heading that is not known is taken without the words around it, if that is known.

    >>> fold_heading(" العُنوان "), fold_heading("External ID"), fold_heading("النصّ:")
    ('العنوان', 'externalid', 'النص')
    >>> fold_heading("Dublin Core:Title"), fold_heading("dcterms:date")
    ('title', 'date')
    >>> fold_heading("postTitle"), fold_heading("تصنيف الخبر"), fold_heading("اسم")
    ('title', 'تصنيف', 'اسم')
    """
    folded = _fold(name)
    if folded in all_headings():
        return folded
    words = [word for word in map(_fold, _BETWEEN_RE.split(name[:MAX_HEADING])) if word]
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
        if (inner := "".join(words)) in all_headings():
            return inner
    while len(words) > 1 and words[-1] in _BEHIND:
        words = words[:-1]
        if (inner := "".join(words)) in all_headings():
            return inner
    return folded


def _fold(name: str) -> str:
    """The letters and digits of a heading as it stands."""
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
        _fold(name)
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
