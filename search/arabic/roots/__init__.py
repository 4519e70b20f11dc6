"""Root extraction: the root of a word family, by measures and lists of known roots."""

__all__ = ["exceptions", "extractor"]
