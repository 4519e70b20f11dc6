"""Documents to segments and commits: analysis, inversion, spilling, merging.

`IndexWriter` is the way in. Memory is bounded: what is gathered is spilled to files.
"""

__all__ = ["index_writer"]
