"""The read-only API of the site at ``/api/v1/``, described by OpenAPI.

What the pages show, for programs: searches, articles, actors, topics, sources and
coverage. It runs the same searches by the same searcher, so that counts and order are
those of the pages.
"""

__all__ = ["oai", "pages", "problems", "site"]
