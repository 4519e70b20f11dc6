"""Formatters and filters of the log: lines of text, or lines of JSON."""

import json
import logging
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final

_LINE: Final = "{asctime} {levelname} {name}: {message}"
_FIRST_SERVER_ERROR: Final = 500
_REDACTED: Final = "[…]"
# Shorter secrets would be found within ordinary words.
_MIN_SECRET_LENGTH: Final = 4
# Characters that some programs take for line ends and that JSON does not escape.
_LINE_ENDS: Final = str.maketrans(
    {end: f"\\u{ord(end):04x}" for end in ("\x7f", "\x85", "\u2028", "\u2029")}
)


class TextFormatter(logging.Formatter):
    """Time, level, logger and message, followed by the traceback. Redacts *secrets*."""

    def __init__(self, *, secrets: Collection[str] = ()) -> None:
        super().__init__(_LINE, style="{")
        # The longest first, because one may contain another.
        self._secrets = sorted(
            (secret for secret in secrets if len(secret) >= _MIN_SECRET_LENGTH),
            key=len,
            reverse=True,
        )

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))

    def _redact(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _REDACTED)
        return text


class JsonFormatter(TextFormatter):
    """A JSON object a line: time in UTC, level, logger, message, and any exception."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._redact(record.getMessage()),
        }
        if record.exc_info:
            event["exception"] = self._redact(self.formatException(record.exc_info))
        if record.stack_info:
            event["stack"] = self._redact(self.formatStack(record.stack_info))
        return json.dumps(event, ensure_ascii=False).translate(_LINE_ENDS)


class ExcludeProbes(logging.Filter):
    """Drops the records of Django about responses at *paths*, those of health checks.

    They are requested every few seconds, and a site that is not ready answers 503.
    """

    def __init__(self, paths: Collection[str]) -> None:
        super().__init__()
        self._paths = frozenset(paths)

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        # An exception is logged in any case.
        return bool(record.exc_info) or getattr(request, "path", "") not in self._paths


class DropRefusalTraceback(logging.Filter):
    """Removes the traceback from records about client errors (4xx).

    They are not faults of the site, and clients could fill the log with them.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", _FIRST_SERVER_ERROR)
        if status < _FIRST_SERVER_ERROR:
            record.exc_info = record.exc_text = None
        return True
