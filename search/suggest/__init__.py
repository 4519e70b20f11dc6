"""What to offer while a reader types: names, topics, sources, words of the archive."""

from search.suggest.keyboard import to_arabic
from search.suggest.suggestions import Suggestion, suggest

__all__ = ["Suggestion", "suggest", "to_arabic"]
