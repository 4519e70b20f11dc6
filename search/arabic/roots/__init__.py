"""Root extraction: the root of a word family, by awzan and lists of known roots."""

__all__ = ["exceptions", "extractor"]
