"""Parser of addresses of mail servers such as smtp+starttls://user:password@host."""

from typing import Any, Final
from urllib.parse import unquote, urlsplit

_EXAMPLE: Final = "smtp+starttls://user:password@mail.example.org:587"
# Schemes, and the usual port of each.
_PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
# Seconds; a mail server that does not answer must not hold the others up.
TIMEOUT: Final = 20


def parse(url: str) -> dict[str, Any]:
    """Django's settings of the mail server at the URL; standard output for ``""``.

    Raises ValueError; its message never contains the URL, which may have a password.

    >>> parse("smtps://amina:s%40fe@mail.example")["EMAIL_HOST_PASSWORD"]
    's@fe'
    >>> parse("")["EMAIL_BACKEND"].rsplit(".", 2)[1]
    'console'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"{error}. Write {_EXAMPLE}.") from None
    if url and parts.scheme not in _PORTS:
        raise ValueError(f"it begins with {parts.scheme!r}. Write {_EXAMPLE}.")
    if url and not parts.hostname:
        raise ValueError(f"it names no host. Write {_EXAMPLE}.")
    program = "smtp" if url else "console"
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{program}.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": port or _PORTS.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT,
    }
