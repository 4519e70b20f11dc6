"""A site of Haystack and Whoosh as shipped, but for an Arabic analyzer: a peer."""

__all__ = ["analysis", "models", "search_indexes"]
