"""The bytes of a segment: writer and reader of each section side by side.

A segment is one file of named arrays, mapped into memory and never changed; each module
writes and reads the sections of one structure (term dictionary, postings, stored
fields). `ArraySegment` is handed on here because the table of contents of every index
names it by this path.
"""

from search.engines.whoosh.codec.whoosh_codec import ArraySegment

__all__ = [
    "ArraySegment",
    "chunks",
    "display_forms",
    "families",
    "packed_ints",
    "postings",
    "segment_file",
    "segment_reader",
    "stored_fields",
    "term_dict",
    "toc",
    "whoosh_codec",
]
