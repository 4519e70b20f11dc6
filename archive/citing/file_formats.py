"""The table of files of references: a new one is a module beside this and a row."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from archive.citing import bibtex, csl_json, ris
from archive.citing.reference import Reference


@dataclass(frozen=True, slots=True)
class ReferenceFormat:
    """A file of references; ``name`` is its part of an address, and its extension."""

    name: str
    extension: str
    content_type: str
    write: Callable[[Iterable[Reference]], Iterator[str]]


FILE_FORMATS: Final = (
    ReferenceFormat("ris", "ris", ris.CONTENT_TYPE, ris.write_ris),
    ReferenceFormat("bibtex", "bib", bibtex.CONTENT_TYPE, bibtex.write_bibtex),
    ReferenceFormat("csl", "json", csl_json.CONTENT_TYPE, csl_json.write_csl_json),
)


def find_reference_format(name: str) -> ReferenceFormat | None:
    """The format called *name*; ``None`` for an unknown one.

    >>> find_reference_format("bibtex").extension
    'bib'
    """
    return next((each for each in FILE_FORMATS if each.name == name), None)
