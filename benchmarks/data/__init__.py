"""What the engines are given: articles of a collection, and questions drawn from it."""

__all__ = ["collection", "new_words", "questions"]
