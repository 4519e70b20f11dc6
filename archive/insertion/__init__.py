"""Many rows inserted by one statement, for imports and what follows each of them.

Ids of rows may be drawn beforehand, so that what refers to them can be made with them.
"""

from archive.insertion.statements import allocate_ids, insert_rows, insert_values

__all__ = ["allocate_ids", "insert_rows", "insert_values"]
