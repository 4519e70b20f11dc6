"""The log: one JSON object a line, Arabic unescaped, secrets redacted."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from config.operations.log_format import (
    DropRefusalTraceback,
    ExcludeProbes,
    JsonFormatter,
    TextFormatter,
)
from tests.config.test_settings import _environ, _python

SECRET = "s3cret-of-the-site"


def _record(message: str, *values: object, **more: Any) -> logging.LogRecord:
    return logging.getLogger("search.indexing").makeRecord(
        "search.indexing", logging.WARNING, "file.py", 1, message, values, None, **more
    )


def _failing_record() -> logging.LogRecord:
    try:
        raise ValueError(f"لا يُقرأ {SECRET}")
    except ValueError:
        record = _record("تعذّرت القراءة")
        record.exc_info = sys.exc_info()
        return record


class TestJson:
    def test_event_has_four_keys(self) -> None:
        record = _record("Indexed %s articles of %s.", 3, "الأهرام")
        record.created = 0.25
        assert json.loads(JsonFormatter().format(record)) == {
            "time": "1970-01-01T00:00:00.250+00:00",
            "level": "warning",
            "logger": "search.indexing",
            "message": "Indexed 3 articles of الأهرام.",
        }

    def test_arabic_is_not_escaped(self) -> None:
        assert "الأهرام" in JsonFormatter().format(_record("الأهرام"))

    def test_exception_is_a_fifth_key(self) -> None:
        event = json.loads(JsonFormatter().format(_failing_record()))
        assert event["message"] == "تعذّرت القراءة"
        assert event["exception"].startswith("Traceback")
        assert "ValueError: لا يُقرأ" in event["exception"]

    @pytest.mark.parametrize(
        "end", ["\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]
    )
    def test_line_ends_in_a_message_are_escaped(self, end: str) -> None:
        line = JsonFormatter().format(_record(f"one{end}two"))
        assert len(line.splitlines()) == 1
        assert json.loads(line)["message"] == f"one{end}two"

    def test_message_cannot_forge_another_event(self) -> None:
        forged = '"} \n{"level": "info"'
        line = JsonFormatter().format(_record(forged))
        assert json.loads(line)["message"] == forged


@pytest.mark.parametrize("formatter", [TextFormatter, JsonFormatter])
class TestSecrets:
    def test_secrets_are_redacted(self, formatter: type[TextFormatter]) -> None:
        plain = formatter(secrets=[])
        wary = formatter(secrets=[SECRET, ""])
        for record in (_record("key %s", SECRET), _failing_record()):
            assert SECRET in plain.format(record)
            # Formatting stores the text of the traceback in the record.
            record.exc_text = None
            assert SECRET not in wary.format(record)

    def test_secret_within_another_is_redacted_completely(
        self, formatter: type[TextFormatter]
    ) -> None:
        wary = formatter(secrets=[SECRET, f"{SECRET}-and-more"])
        assert "more" not in wary.format(_record(f"key {SECRET}-and-more"))


class TestExcludeProbes:
    @pytest.mark.parametrize(
        ("path", "kept"), [("/readyz", False), ("/readyz/", True), ("/ar/", True)]
    )
    def test_other_responses_are_logged(self, path: str, kept: bool) -> None:
        record = _record("Service Unavailable", extra={"request": SimpleNamespace()})
        record.request.path = path
        assert ExcludeProbes(["/healthz", "/readyz"]).filter(record) is kept

    def test_record_without_request_is_logged(self) -> None:
        assert ExcludeProbes(["/readyz"]).filter(_record("Indexed."))

    def test_exception_is_logged(self) -> None:
        record = _failing_record()
        record.request = SimpleNamespace(path="/readyz")
        assert ExcludeProbes(["/readyz"]).filter(record)


class TestDropRefusalTraceback:
    @pytest.mark.parametrize(
        ("status", "kept"), [(400, False), (404, False), (500, True)]
    )
    def test_client_error_has_no_traceback(self, status: int, kept: bool) -> None:
        record = _failing_record()
        record.status_code = status
        assert DropRefusalTraceback().filter(record)
        assert ("Traceback" in TextFormatter().format(record)) is kept

    def test_record_without_request_keeps_its_traceback(self) -> None:
        record = _failing_record()
        assert DropRefusalTraceback().filter(record)
        assert "Traceback" in TextFormatter().format(record)


_REFUSED = """
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
fields = {str(number): "" for number in range(2000)}
answers = [
    client.get("/ar/", headers={"host": "evil.example"}),
    client.post("/ar/login/", fields, headers={"host": "localhost"}),
]
print([answer.status_code for answer in answers])
"""


_LOG = """
import logging, django
django.setup()
logging.getLogger("archive").warning("لا يُقرأ %s", {key!r})
"""


class TestSetting:
    def _lines(self, data_dir: Path, **variables: str) -> list[str]:
        key = "k" * 50
        done: subprocess.CompletedProcess[str] = _python(
            "-c",
            _LOG.format(key=key),
            environ=_environ(
                data_dir, SECRET_KEY=key, PYTHONIOENCODING="utf-8", **variables
            ),
        )
        assert done.returncode == 0, done.stderr
        return done.stderr.splitlines()

    def test_json_is_written_if_set(self, tmp_path: Path) -> None:
        (line,) = self._lines(tmp_path, LOG_FORMAT="json")
        event = json.loads(line)
        assert (event["logger"], event["message"]) == ("archive", "لا يُقرأ […]")

    def test_hostile_request_is_one_line(self, tmp_path: Path) -> None:
        environ = _environ(tmp_path, SECRET_KEY="k" * 50)
        # The error page requests its style sheet.
        collect = ("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        assert _python(*collect, environ=environ).returncode == 0
        done = _python("-c", _REFUSED, environ=environ)
        assert done.stdout.strip() == "[400, 400]", done.stderr
        assert len(done.stderr.splitlines()) == 2, done.stderr

    def test_text_is_the_default(self, tmp_path: Path) -> None:
        (line,) = self._lines(tmp_path)
        assert line.endswith("WARNING archive: لا يُقرأ […]")
