"""Identifiers of actors in other catalogues.

Public: `WIKIDATA_RE`, `VIAF_RE`, `read_reference`, `identifiers_conflict`.
"""

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

# Prefixes of references in TEI and in linked data, and the field each one fills.
PREFIXES: Final[Mapping[str, str]] = {
    "viaf": "viaf_id",
    "wiki": "wikidata_id",
    "wd": "wikidata_id",
    "wikidata": "wikidata_id",
}
AUTHORITY: Final = "authority_id"


def read_reference(reference: str) -> dict[str, str]:
    """The fields that a reference of blank-separated identifiers fills.

    Those of other authority files stay together, separated by blanks.

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
    """Whether two identifiers are different ones of the same authority file.

    >>> identifiers_conflict("geon:360630", "geon:357994")
    True
    >>> identifiers_conflict("geon:360630", "wof:2")
    False
    """
    return one != other and one.rpartition(":")[0] == other.rpartition(":")[0]
