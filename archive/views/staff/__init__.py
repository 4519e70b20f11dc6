"""Pages for those who work on the site, not for its readers."""

__all__ = ["styleguide"]
