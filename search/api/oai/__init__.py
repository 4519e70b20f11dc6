"""OAI-PMH 2.0 at ``/oai/``: the records of all articles, for catalogues that harvest.

The protocol is of the Open Archives Initiative, version of 2002 with the errata of
2015. Records are metadata without texts, as unqualified Dublin Core and as MODS.
"""

__all__ = ["views"]
