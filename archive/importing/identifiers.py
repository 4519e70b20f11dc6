"""Identifiers of actors in authority files: Wikidata, VIAF and others."""

import re
from collections.abc import Mapping
from typing import Final

# Such as "Q293497", "https://www.wikidata.org/wiki/Q293497", "wd:Q293497".
WIKIDATA_RE: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.)?wikidata\.org/(?:wiki|entity)/|wd:)?(Q[0-9]+)"
)
# Such as "11070", "https://viaf.org/viaf/11070/".
VIAF_RE: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.)?viaf\.org/(?:[a-z]{2}/)?viaf/)?([0-9]+)/?"
)

# Prefixes of identifiers in TEI's ref attribute and in linked data, and their fields.
PREFIXES: Final[Mapping[str, str]] = {
    "viaf": "viaf_id",
    "wiki": "wikidata_id",
    "wd": "wikidata_id",
    "wikidata": "wikidata_id",
}
AUTHORITY: Final = "authority_id"


def read_reference(reference: str) -> dict[str, str]:
    """Values of fields from a TEI ``ref``: identifiers separated by white space.

    Identifiers of other authority files are joined by blanks in ``authority_id``.

    >>> read_reference("oape:pers:4 viaf:44300351")
    {'authority_id': 'oape:pers:4', 'viaf_id': '44300351'}
    """
    fields: dict[str, str] = {}
    for word in reference.split():
        prefix, _, rest = word.partition(":")
        field = PREFIXES.get(prefix.lower())
        if field:
            fields.setdefault(field, rest)
        else:
            fields[AUTHORITY] = f"{fields.get(AUTHORITY, '')} {word}".lstrip()
    return fields


def identifiers_conflict(one: str, other: str) -> bool:
    """Whether two identifiers differ and belong to the same authority file.

    >>> identifiers_conflict("geon:360630", "geon:357994")
    True
    >>> identifiers_conflict("geon:360630", "wof:2")
    False
    """
    return one != other and one.rpartition(":")[0] == other.rpartition(":")[0]
