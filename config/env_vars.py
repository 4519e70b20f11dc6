"""Typed readers of environment variables, which stop the start at an invalid value.

Every error names the variable, its value and what to write instead.
"""

import os
import re
import zoneinfo
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import database_url
from config.security.rate_limits import rates

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})
# "a.example, b.example c.example"
_SEPARATOR_RE = re.compile(r"[\s,]+")
# Such as "desk@example.org" or "https://example.org/contact".
_CONTACT_RE = re.compile(r"https?://\S+|[^\s@:/]+@[^\s@:/]+")

# As in Django's check security.W009.
SECRET_KEY_MIN_LENGTH = 50

# The variables that describe the site, which a backup keeps. The others are secrets, or
# specific to a machine.
SITE_VARIABLES = (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CONTACT",
    "CSRF_TRUSTED_ORIGINS",
    "DIGITS",
    "EMAIL_FROM",
    "EXPORT_GUEST_MAX_ROWS",
    "EXPORT_MAX_ROWS",
    "INDEX_MEMORY_MB",
    "INDEX_PROCESSES",
    "LOGIN_REQUIRED",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "MONTH_NAMES",
    "MONTH_NAMES_IN_LISTS",
    "PROXY_COUNT",
    "RATE_API",
    "RATE_API_KEY",
    "RATE_EXPORT",
    "RATE_SEARCH",
    "RATE_SIGN_IN",
    "READY_MAX_INDEXER_SECONDS",
    "READY_MAX_OUTBOX_SECONDS",
    "READY_MIN_FREE_MB",
    "SEARCH_MEMORY_MB",
    "SEARCH_SECONDS",
    "SITE_NAME_AR",
    "SITE_NAME_EN",
    "TIME_ZONE",
)


_MAIL_EXAMPLE: Final = "smtp+starttls://user:password@mail.example.org:587"
# Schemes, and the usual port of each.
_MAIL_PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
# Seconds; a mail server that does not answer must not hold the others up.
_MAIL_TIMEOUT: Final = 20


def text(name: str, *, default: str = "") -> str:
    """The value, stripped; the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def words(name: str, *, default: str = "") -> list[str]:
    """The words of the value, separated by spaces or commas."""
    return [word for word in _SEPARATOR_RE.split(text(name, default=default)) if word]


def hosts(name: str, *, default: str) -> list[str]:
    """Names of hosts, also ``*`` and ``.example.org``, without scheme and path."""
    named = words(name, default=default)
    for host in named:
        if "/" in host:
            remedy = "Write names alone, such as archive.example.org"
            raise _refused(name, host, remedy)
    return named


def origins(name: str) -> list[str]:
    """Origins of sites, each with its scheme."""
    named = words(name)
    for origin in named:
        if not origin.startswith(("https://", "http://")):
            remedy = "Begin it with https://, as in https://archive.example.org"
            raise _refused(name, origin, remedy)
    return named


def contact(name: str) -> str:
    """An e-mail address or a URL; ``""`` where it is unset."""
    value = text(name)
    if value and not _CONTACT_RE.fullmatch(value):
        remedy = "Write an e-mail address or a link that begins with https://"
        raise _refused(name, value, remedy)
    return value


def boolean(name: str, *, default: bool) -> bool:
    """A boolean: true, yes, on or 1; false, no, off or 0."""
    value = text(name).lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise _refused(name, value, "Write true or false")


def integer(name: str, *, default: int, minimum: int = 0) -> int:
    """An integer of at least *minimum*."""
    value = text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise _refused(name, value, "Write a whole number in digits") from None
    if number < minimum:
        raise _refused(name, value, f"Write {minimum} or more")
    return number


def rate(name: str, *, default: str) -> rates.Rate | None:
    """A rate; None for ``off``."""
    value = text(name, default=default).lower()
    try:
        return rates.parse(value)
    except ValueError:
        remedy = f"Write a number / {' or '.join(rates.UNITS)}, or off"
        raise _refused(name, value, remedy) from None


def choice(name: str, *, choices: Collection[str], default: str) -> str:
    """One of the choices, in lower case."""
    value = text(name).lower()
    if not value:
        return default
    if value not in choices:
        raise _refused(name, value, f"Write one of: {', '.join(choices)}")
    return value


def time_zone(name: str, *, default: str) -> str:
    """The name of a time zone in this machine's database."""
    value = text(name, default=default)
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        remedy = "Write a name such as Asia/Baghdad or UTC"
        raise _refused(name, value, remedy) from None
    return value


def path(name: str, default: Path) -> Path:
    """An absolute path; a relative value is resolved from the current directory."""
    return Path(text(name) or default).expanduser().resolve()


def secret_key(name: str, file: Path, *, debug: bool) -> str:
    """The secret key of Django: from the variable, else from the file.

    In debug mode a missing key is replaced by a public one, so that a developer's first
    command works. Otherwise a missing or short key raises ImproperlyConfigured.
    """
    if value := text(name):
        return _long_enough(value, name, debug=debug)
    if file.is_file():
        value = file.read_text(encoding="ascii").strip()
        return _long_enough(value, str(file), debug=debug)
    if debug:
        return "django-insecure-only-for-development".ljust(SECRET_KEY_MIN_LENGTH, "-")
    raise ImproperlyConfigured(
        f"{name} is not set and {file} does not exist. Run `python3 start.py setup`, "
        f"which makes that file, or set {name} to {SECRET_KEY_MIN_LENGTH} or more "
        "random characters."
    )


def _long_enough(key: str, where: str, *, debug: bool) -> str:
    # The message must not contain the key.
    if len(key) < SECRET_KEY_MIN_LENGTH and not debug:
        raise ImproperlyConfigured(
            f"{where} has {len(key)} characters, with which sessions could be forged. "
            f"Give it {SECRET_KEY_MIN_LENGTH} or more random ones, as `python3 -c "
            "'import secrets; print(secrets.token_urlsafe(64))'` prints them."
        )
    return key


def database(name: str, sqlite_file: Path) -> dict[str, Any]:
    """The settings of the database at the URL; by default SQLite in *sqlite_file*."""
    value = text(name)
    if not value:
        return database_url.sqlite(sqlite_file)
    try:
        return database_url.parse(value)
    except ValueError as error:
        # The message must not contain the value, which has a password.
        raise ImproperlyConfigured(f"{name} cannot be used: {error}") from None


def mail(name: str) -> dict[str, Any]:
    """The settings of the mail server at the URL; by default standard output."""
    try:
        return _parse_mail(text(name))
    except ValueError as error:
        # The message must not contain the value, which has a password.
        raise ImproperlyConfigured(f"{name} cannot be used: {error}") from None


def _parse_mail(url: str) -> dict[str, Any]:
    """Django's settings of the mail server at the URL; standard output for ``""``.

    Raises ValueError; its message never contains the URL, which may have a password.

    >>> _parse_mail("smtps://amina:s%40fe@mail.example")["EMAIL_HOST_PASSWORD"]
    's@fe'
    >>> _parse_mail("")["EMAIL_BACKEND"].rsplit(".", 2)[1]
    'console'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"{error}. Write {_MAIL_EXAMPLE}.") from None
    if url and parts.scheme not in _MAIL_PORTS:
        raise ValueError(f"it begins with {parts.scheme!r}. Write {_MAIL_EXAMPLE}.")
    if url and not parts.hostname:
        raise ValueError(f"it names no host. Write {_MAIL_EXAMPLE}.")
    program = "smtp" if url else "console"
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{program}.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": port or _MAIL_PORTS.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": _MAIL_TIMEOUT,
    }


def _refused(name: str, value: str, remedy: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name} cannot be {value!r}. {remedy}, or leave {name} unset."
    )
