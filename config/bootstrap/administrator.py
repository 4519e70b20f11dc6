"""The first administrator of a new site."""

import getpass
import secrets
import sys
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

DEFAULT_NAME = "admin"
_GENERATED_BYTES = 12


@dataclass(frozen=True)
class Account:
    """A new account, with its password if that was generated."""

    name: str
    generated_password: str | None


def ensure_administrator(*, ask: bool) -> Account | None:
    """Create an administrator unless there is one; returns None if there is.

    With *ask*, name and password are read from the terminal; an empty password means a
    generated one. The caller shows a generated password, which is stored nowhere.
    """
    users = get_user_model()._default_manager
    if users.filter(is_superuser=True).exists():
        return None
    name = _ask_name() if ask else DEFAULT_NAME
    chosen = _ask_password() if ask else ""
    password = chosen or secrets.token_urlsafe(_GENERATED_BYTES)
    # An account of this name may have lost its permissions: it gets them back.
    user, _ = users.get_or_create(username=name)
    user.is_staff = user.is_superuser = user.is_active = True
    user.set_password(password)
    user.save()
    return Account(name, None if chosen else password)


def _ask_name() -> str:
    return (
        input(f"Name of the administrator [{DEFAULT_NAME}]: ").strip() or DEFAULT_NAME
    )


def _ask_password() -> str:
    while True:
        password = getpass.getpass("Password (empty: one is made for you): ")
        if not password:
            return ""
        if refusal := _refusal(password):
            sys.stdout.write(f"{refusal}\n")
            continue
        if password == getpass.getpass("The same password again: "):
            return password
        sys.stdout.write("The two passwords differ.\n")


def _refusal(password: str) -> str:
    try:
        validate_password(password)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
