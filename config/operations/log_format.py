"""How events are written to the log: as a line of text, or as a line of JSON.

Public: `TextFormatter`, `JsonFormatter`, `ExcludeProbes`, `DropRefusalTraceback`.
"""

import json
import logging
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final

_LINE: Final = "{asctime} {levelname} {name}: {message}"
# Statuses from here on are faults of the site's own.
_FIRST_FAULT: Final = 500
_HIDDEN: Final = "[…]"
# A shorter one would be found in innocent words.
_SHORTEST_SECRET: Final = 4
# What some readers of lines take for the end of one, besides what JSON escapes itself.
_LINE_ENDS: Final = str.maketrans(
    {end: f"\\u{ord(end):04x}" for end in ("\x7f", "\x85", "\u2028", "\u2029")}
)


class TextFormatter(logging.Formatter):
    """Time, level, logger and message; a traceback on the lines below.

    Wherever one of *secrets* would be written, it is left out.
    """

    def __init__(self, *, secrets: Collection[str] = ()) -> None:
        super().__init__(_LINE, style="{")
        # The longest first, for one may hold another.
        self._secrets = sorted(
            (one for one in secrets if len(one) >= _SHORTEST_SECRET),
            key=len,
            reverse=True,
        )

    def format(self, record: logging.LogRecord) -> str:
        return self._hide(super().format(record))

    def _hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return text


class JsonFormatter(TextFormatter):
    """One JSON object a line: time in UTC, level, logger, message; exception or not."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._hide(record.getMessage()),
        }
        if record.exc_info:
            event["exception"] = self._hide(self.formatException(record.exc_info))
        if record.stack_info:
            event["stack"] = self._hide(self.formatStack(record.stack_info))
        return json.dumps(event, ensure_ascii=False).translate(_LINE_ENDS)


class ExcludeProbes(logging.Filter):
    """Leaves out what Django says of its answers to probes, at any of *paths*.

    What is not ready says so itself, to who asks every few seconds.
    """

    def __init__(self, paths: Collection[str]) -> None:
        super().__init__()
        self._paths = frozenset(paths)

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        # An exception is no answer; whatever raises one is news.
        return bool(record.exc_info) or getattr(request, "path", "") not in self._paths


class DropRefusalTraceback(logging.Filter):
    """Takes the traceback from what Django says of a request that it refused.

    Which is the fault of who sent it, says nothing of the site, and could fill a log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", _FIRST_FAULT) < _FIRST_FAULT:
            record.exc_info = record.exc_text = None
        return True
