"""The reader's query tree as OpenSearch's queries: terms, phrases and spans of tokens.

Nothing of it is analyzed or parsed by the server.
"""

__all__ = ["compiler", "words"]
