"""The full-form lexicon: which lemmas a written form may be of, and how likely.

It is compiled once, at set-up, from the tables of the package ``farahidi`` (AlKhalil
Morpho Sys 2), and then read from files that are mapped to memory. NumPy looks up a
hundred thousand forms a second.
"""

__all__ = [
    "compiling",
    "function_words",
    "installed",
    "light_stem",
    "location",
    "lookup",
    "printed",
    "readings",
    "unknown",
]
