"""Query nodes that Whoosh lacks, and the compiler from the reader's tree to them.

Nodes say what is asked; reading postings and scoring is the business of ``execution``.
"""

__all__ = [
    "compiler",
    "completion",
    "cost",
    "diacritics",
    "expansion",
    "multi_term",
    "nodes",
    "rescore",
    "term_tests",
]
