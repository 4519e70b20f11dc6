"""Django's setting ``LOGGING``: to standard error, as text or as JSON."""

from collections.abc import Collection, Sequence
from typing import Any

_FORMATS = "config.operations.log_format"


def configure_logging(
    *, level: str, form: str, secrets: Collection[str], probes: Sequence[str]
) -> dict[str, Any]:
    """The setting; *form* is ``text`` or ``json``.

    No line has one of the *secrets*, and health checks at *probes* leave none.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"()": f"{_FORMATS}.TextFormatter", "secrets": secrets},
            "json": {"()": f"{_FORMATS}.JsonFormatter", "secrets": secrets},
        },
        "filters": {
            "exclude_probes": {"()": f"{_FORMATS}.ExcludeProbes", "paths": probes},
            "drop_refusal_traceback": {"()": f"{_FORMATS}.DropRefusalTraceback"},
        },
        "handlers": {
            # StreamHandler writes to stderr.
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["drop_refusal_traceback"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            # Without Django's handlers, which would send mail to ADMINS.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {"filters": ["exclude_probes"]},
            # Without the line of runserver for every request.
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "archive": {"level": level},
            "search": {"level": level},
            "config": {"level": level},
        },
    }
