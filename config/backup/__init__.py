"""The whole archive in one file, and back.

``making`` and ``restoring`` say in which order; ``databases`` copies either kind of
database; ``packing`` reads a file to its end before anything of it is used.
"""

__all__ = ["databases", "making", "packing", "restoring"]
