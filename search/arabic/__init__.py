"""Arabic text analysis: text to tokens, surface forms, word families and roots.

Pure functions; no Django, no engine. Families and roots come from the lexicon, all else
from the standard library and PyArabic. Indexing, querying and highlighting share them,
so that what is highlighted is what matched. A change of any token, form or family
raises `ANALYZER_VERSION`.
"""

__all__ = [
    "analyzer",
    "compounds",
    "diacritics",
    "display_form",
    "edit_distance",
    "families",
    "letters",
    "lexicon",
    "normalize",
    "prefixes",
    "tokenize",
    "wildcards",
]
