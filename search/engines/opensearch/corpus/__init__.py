"""What a cluster tells of words: places, frequencies, and what sets searches apart.

The server counts articles and tokens; where words stand is read from the words of each
hit, as documents keep them, and counted here by the embedded engine's own arithmetic:
docs/decisions/0125-words-of-hits.md.
"""

from search.engines.opensearch.corpus.answers import CorpusAnswers

__all__ = ["CorpusAnswers", "dates"]
