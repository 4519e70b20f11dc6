"""The admin of the rows of search: keys for programs. Django finds it by its name."""

from search.admin.api_keys import ApiKeyAdmin

__all__ = ["ApiKeyAdmin"]
