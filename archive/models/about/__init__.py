"""What the archive says of itself."""

from archive.models.about.description import (
    ArchiveDescription,
    Description,
    TextIn,
    read_description,
    validate_contact,
)

__all__ = [
    "ArchiveDescription",
    "Description",
    "TextIn",
    "read_description",
    "validate_contact",
]
