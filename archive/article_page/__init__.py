"""What the page of one article shows beside its text: its record, links, neighbors.

Its text is linked to the pages of the actors that the record says it names. Nothing
here reads an address or knows of search.
"""

__all__ = ["links", "named_actors", "prepared", "record", "related", "stored"]
