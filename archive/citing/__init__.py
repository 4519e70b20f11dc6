"""Citations of articles: in four styles, and in the files of reference managers.

Pure: a `Reference` holds all that a citation says, and each module writes it one way.
"""

from archive.citing.file_formats import (
    FILE_FORMATS,
    ReferenceFormat,
    find_reference_format,
)
from archive.citing.reference import Reference
from archive.citing.styles import STYLES, Citation, Style, cite
from archive.citing.work_types import WorkType, find_work_type

__all__ = [
    "FILE_FORMATS",
    "STYLES",
    "Citation",
    "Reference",
    "ReferenceFormat",
    "Style",
    "WorkType",
    "bibtex",
    "cite",
    "csl_json",
    "file_formats",
    "find_reference_format",
    "find_work_type",
    "reference",
    "ris",
]
