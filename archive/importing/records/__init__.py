"""Validated records: frozen values that can be written as they are.

Values are read as what they should be, with a remark on whatever was put right; what
cannot be read refuses the record in a sentence that names the remedy. ``interchange``
goes the other way, from rows of the database to records that an import reads back.
"""

__all__ = ["articles", "authorities", "interchange", "publication", "validated"]
