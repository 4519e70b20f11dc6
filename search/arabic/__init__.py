"""Arabic text analysis: text to tokens, surface forms, word families and roots.

Pure functions on the standard library and PyArabic; no Django, no engine. Indexing,
querying and highlighting share them, so that what is highlighted is what matched. A
change of any token, form or stem raises `ANALYZER_VERSION`.
"""

__all__ = [
    "analyzer",
    "diacritics",
    "display_form",
    "edit_distance",
    "letters",
    "normalize",
    "prefixes",
    "roots",
    "stem",
    "tokenize",
    "wildcards",
]
