"""What to offer a reader before and while typing: examples, names, words."""

from search.suggest.examples import Example, find_examples
from search.suggest.keyboard import to_arabic
from search.suggest.suggestions import MAX_LENGTH, Suggestion, suggest

__all__ = [
    "MAX_LENGTH",
    "Example",
    "Suggestion",
    "find_examples",
    "suggest",
    "to_arabic",
]
