"""Rate limits by client address, shared by all processes through a file.

``middleware`` counts and refuses; ``rates`` reads what is allowed in how long.
"""

__all__ = ["middleware", "rates"]
