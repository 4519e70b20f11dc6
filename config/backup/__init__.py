"""The whole archive in one file, and back.

``making`` and ``restoring`` say in which order; ``databases`` chooses between
``sqlite`` and ``postgresql``, which do what ``contract`` asks of either; ``packing``
reads a file to its end before anything of it is used.
"""

__all__ = ["contract", "databases", "making", "moving", "packing", "restoring"]
