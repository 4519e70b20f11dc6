"""Search engines behind one contract: documents in; ids, scores, totals and counts out.

An engine returns nothing to show: texts, labels and addresses come from the database.
"""

__all__ = [
    "contract",
    "corpus",
    "haystack_documents",
    "lazy_counts",
    "limits",
    "opensearch",
    "spellings",
    "weights",
    "whoosh",
]
