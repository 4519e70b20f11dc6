"""The pages of the archive, one module a kind of page."""
