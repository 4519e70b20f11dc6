"""What django-axes does at each sign-in: the setting AXES_HANDLER."""

from collections.abc import Mapping
from typing import Any, Final

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.http import HttpRequest

from config.security.password_guesses import give_back_sign_in, take_sign_in

# The most rows of failed sign-ins. Those of an address are bounded by its rate, those
# older than the cool-off time leave with the next failure; this bounds many addresses.
MAX_ATTEMPTS: Final = 10_000


class SignInAttempts(AxesDatabaseHandler):  # type: ignore[misc]
    """Axes' own handler, with a limit by address and a bound on its table."""

    def is_allowed(
        self, request: HttpRequest, credentials: Mapping[str, Any] | None = None
    ) -> bool:
        """Whether the password may be checked; ``sign_in_wait`` says why not."""
        # First: the database is not asked about an address that has to wait.
        wait = take_sign_in(request)
        request.sign_in_wait = wait  # type: ignore[attr-defined]
        if wait:
            return False
        is_allowed = bool(super().is_allowed(request, credentials))
        if not is_allowed:
            # Nothing is hashed. The locked account has its own wait, and others of the
            # address shall not wait with it.
            give_back_sign_in(request)
        request.sign_in_is_counted = is_allowed  # type: ignore[attr-defined]
        return is_allowed

    def user_login_failed(
        self,
        sender: object,
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **kwargs: Any,
    ) -> None:
        """Record the failure, unless the sign-in was refused before it was tried."""
        if request is not None and getattr(request, "axes_locked_out", False):
            # Axes would sweep its table, for which SQLite locks out all who save.
            request.axes_credentials = credentials  # type: ignore[attr-defined]
            return
        super().user_login_failed(sender, credentials, request, **kwargs)
        _drop_oldest()

    def user_logged_in(
        self, sender: object, request: HttpRequest, user: object, **kwargs: Any
    ) -> None:
        if getattr(request, "sign_in_is_counted", False):
            give_back_sign_in(request)
        super().user_logged_in(sender, request, user, **kwargs)


def _drop_oldest() -> None:
    """Delete the oldest failures beyond `MAX_ATTEMPTS`."""
    if AccessAttempt.objects.count() > MAX_ATTEMPTS:
        newest_first = AccessAttempt.objects.order_by("-attempt_time", "-pk")
        beyond = newest_first.values_list("pk", flat=True)[MAX_ATTEMPTS:]
        AccessAttempt.objects.filter(pk__in=list(beyond)).delete()
