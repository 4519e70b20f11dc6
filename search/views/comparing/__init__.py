"""Pages that compare: words in context, their frequency, two searches, an article."""

__all__ = ["concordance", "frequency", "from_article", "sides"]
