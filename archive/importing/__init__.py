"""Files of records to rows of the database, in four stages.

A reader gives a `Row` for each record, a mapping picks the values of the known fields,
``records`` makes a frozen, validated record of them or refuses it, and ``writing`` puts
records into the database batch by batch. Everything before ``writing`` is pure: it
knows neither database nor settings. One bad record stops no other.
"""

__all__ = [
    "batches",
    "cells",
    "cleaning",
    "command",
    "fields",
    "kinds",
    "mapping",
    "opening",
    "options",
    "paths",
    "problems",
    "readers",
    "records",
    "run",
    "summary",
    "text",
    "writing",
]
