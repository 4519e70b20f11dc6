"""The stems of the lexicon: every root in every pattern it has, and other spellings.

``rows`` writes them, by ``templates``; ``profiles`` joins what is inflected alike,
``variants`` adds the spellings of other times and places, ``plurals`` lists broken
plurals with their vowels.
"""

__all__ = ["plurals", "profiles", "rows", "templates", "variants"]
