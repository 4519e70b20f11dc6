"""What programs follow and crawl: Atom feeds, an OpenSearch description, sitemaps."""

__all__ = ["atom", "description", "sitemaps"]
