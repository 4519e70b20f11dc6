"""The log holds neither keys and passwords nor queries of readers."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.forked import run_python

pytestmark = pytest.mark.slow

KEY = "key-7f3a-that-nobody-may-read-0123456789-abcdefghijkl"
PASSWORD = "open-sesame-4711"
ASKED = "what-a-reader-looked-for"

# Nothing listens on port 1, so every page that needs the database fails; then the site
# itself logs what no code of ours would: all its settings, and the environment.
_PROVOKE = f"""
import logging, os
import django
django.setup()
from django.conf import settings
from django.test import Client
client = Client(raise_request_exception=False, HTTP_HOST="localhost")
for address in ("/ar/", "/ar/actors/", "/ar/search/?q={ASKED}", "/nowhere?q={ASKED}"):
    print(client.get(address).status_code)
sign_in = {{"username": "a", "password": "{PASSWORD}"}}
print(client.post("/ar/login/", sign_in).status_code)
log = logging.getLogger("config")
log.error("%s %s", settings.DATABASES, settings.SECRET_KEY)
try:
    raise ValueError(dict(os.environ))
except ValueError:
    log.exception("In the midst of it")
"""


@pytest.fixture(scope="module", params=["text", "json"])
def said(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> "subprocess.CompletedProcess[str]":
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    data_dir: Path = tmp_path_factory.mktemp("data")
    environ = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SIJILL_DATA_DIR": str(data_dir),
        "SIJILL_LEXICON": os.environ["SIJILL_LEXICON"],
        "SECRET_KEY": KEY,
        "DATABASE_URL": f"postgres://amina:{PASSWORD}@127.0.0.1:1/sijill",
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": request.param,
    }
    collect = ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    assert run_python(*collect, env=environ).returncode == 0
    return run_python("-c", _PROVOKE, env=environ)


class TestLog:
    def test_errors_were_logged(self, said: "subprocess.CompletedProcess[str]") -> None:
        assert said.returncode == 0, said.stderr[-2000:]
        assert "In the midst of it" in said.stderr
        assert "connection" in said.stderr
        assert any(status.startswith("5") for status in said.stdout.split())

    def test_log_holds_no_secret(
        self, said: "subprocess.CompletedProcess[str]"
    ) -> None:
        assert KEY not in said.stdout + said.stderr
        assert PASSWORD not in said.stdout + said.stderr

    def test_log_holds_no_query(self, said: "subprocess.CompletedProcess[str]") -> None:
        assert ASKED not in said.stderr
