"""Rate limits by client address, shared by all processes through a file.

``middleware`` counts and refuses, by a ``limiter``; ``rates`` reads what is allowed in
how long.
"""

__all__ = ["limiter", "middleware", "rates", "slots"]
