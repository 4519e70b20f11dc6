"""Access to the site and its files: sign-ins, lockout, members, headers, limits."""

__all__ = [
    "axes_admin",
    "client_address",
    "expired_form",
    "file_rights",
    "hashing",
    "headers",
    "lockout",
    "members_only",
    "password_guesses",
    "rate_limits",
    "sign_in",
    "sign_in_attempts",
]
