"""The page of one article, the steps through it and beyond, and what is related."""

__all__ = ["article", "hit_steps", "related", "search_neighbors"]
