"""What the engines are given: articles of a collection, and questions drawn from it."""

__all__ = ["collection", "hostile_queries", "new_words", "questions"]
