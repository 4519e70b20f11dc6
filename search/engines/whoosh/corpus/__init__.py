"""What the index tells of words: places, frequencies, and what sets searches apart.

Only positions, lengths and columns are read, never a text.
"""

from search.engines.whoosh.corpus.answers import CorpusAnswers

__all__ = ["CorpusAnswers", "contexts", "contrast", "occurrences", "rows"]
