"""The full-form lexicon: which lemmas a written form may be of, and how likely.

It is compiled once, at set-up, from the tables of the package ``farahidi`` (AlKhalil
Morpho Sys 2), and read from files that are mapped to memory: `build.build`,
`installed.current`, `lookup.Lexicon`.
"""

__all__ = ["build", "installed", "lookup"]
