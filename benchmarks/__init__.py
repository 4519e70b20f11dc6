"""How fast searches are, beside other engines: see docs/performance.md."""
