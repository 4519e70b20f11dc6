"""Access to the site: sign-ins, lockout, members, headers and rate limits."""

__all__ = [
    "axes_admin",
    "client_address",
    "headers",
    "lockout",
    "members_only",
    "rate_limits",
    "sign_in",
]
