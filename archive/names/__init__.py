"""Names of actors, topics and sources: cleaning, collation, spellings, slugs, sounds.

Pure but for ``slugs``, which asks the database which slugs are taken.
"""

__all__ = ["clean", "collation", "phonetic", "script", "slugs", "spelling"]
