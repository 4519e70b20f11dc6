"""The settings in a process of their own."""

import ast
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.forked import run_python
from tests.sources import BASE_DIR, tree

_PRINT_SETTINGS = """
import json
from django.conf import settings
names = {names!r}
print(json.dumps({{name: getattr(settings, name, None) for name in names}}))
"""
# "| `SECRET_KEY` | made by start.py | … |"
_ROW_RE = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)


def _environ(data_dir: Path, **variables: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SIJILL_DATA_DIR": str(data_dir),
        **variables,
    }


def _python(
    *arguments: str, environ: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return run_python(*arguments, env=environ)


def _settings(data_dir: Path, *names: str, **variables: str) -> dict[str, object]:
    variables.setdefault("SECRET_KEY", "k" * 50)
    done = _python(
        "-c",
        _PRINT_SETTINGS.format(names=names),
        environ=_environ(data_dir, **variables),
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def _variables_read() -> set[str]:
    """The first argument of every env_vars.reader("…") in the settings."""
    return {
        node.args[0].value
        for node in ast.walk(tree("config/settings.py"))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env_vars"
        and isinstance(node.args[0], ast.Constant)
    }


class TestReadme:
    @pytest.mark.parametrize("readme", ["README.md", "README.ar.md"])
    def test_table_has_every_variable(self, readme: str) -> None:
        rows = _ROW_RE.findall((BASE_DIR / readme).read_text("utf-8"))
        assert sorted(rows) == sorted(_variables_read())


class TestTestSettings:
    def test_environment_of_the_caller_is_ignored(self) -> None:
        from config import settings_test

        replaced = {"SECRET_KEY", "SIJILL_DATA_DIR", "SIJILL_LEXICON"}
        assert {*settings_test._IGNORED_VARIABLES, *replaced} == _variables_read()


class TestDataDirectory:
    def test_database_and_index_are_in_it(self, tmp_path: Path) -> None:
        found = _settings(tmp_path, "DATABASES", "HAYSTACK_CONNECTIONS")
        assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "sijill.sqlite3")
        assert found["HAYSTACK_CONNECTIONS"]["default"]["PATH"] == str(
            tmp_path / "index"
        )


class TestSecretKey:
    def test_missing_key_is_refused_with_the_remedy(self, tmp_path: Path) -> None:
        done = _python("manage.py", "check", environ=_environ(tmp_path))
        assert done.returncode != 0
        assert "SECRET_KEY is not set" in done.stderr
        assert "python3 start.py setup" in done.stderr

    @pytest.mark.parametrize("in_file", [False, True])
    def test_short_key_is_refused(self, tmp_path: Path, in_file: bool) -> None:
        key = "k" * 49
        (tmp_path / "secret-key").write_text(key)
        variables = {} if in_file else {"SECRET_KEY": key}
        done = _python("manage.py", "check", environ=_environ(tmp_path, **variables))
        assert done.returncode != 0
        named = str(tmp_path / "secret-key") if in_file else "SECRET_KEY"
        assert done.stderr.startswith(f"{named} has 49 characters")
        assert key not in done.stderr

    def test_short_key_is_accepted_in_debug_mode(self, tmp_path: Path) -> None:
        environ = _environ(tmp_path, SECRET_KEY="short", DEBUG="1")
        assert _python("manage.py", "check", environ=environ).returncode == 0


class TestBehindProxy:
    SECURE = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")

    def test_plain_http_works_without_a_proxy(self, tmp_path: Path) -> None:
        assert not any(_settings(tmp_path, *self.SECURE).values())

    def test_https_is_required_behind_a_proxy(self, tmp_path: Path) -> None:
        assert all(_settings(tmp_path, *self.SECURE, BEHIND_PROXY="yes").values())

    def test_deployment_check_has_no_warnings(self, tmp_path: Path) -> None:
        done = _python(
            "manage.py",
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
            environ=_environ(
                tmp_path,
                BEHIND_PROXY="true",
                ALLOWED_HOSTS="archive.example.org",
                CSRF_TRUSTED_ORIGINS="https://archive.example.org",
                SECRET_KEY="0123456789abcdefghijklmnopqrstuvwxyzابتثجحخدذرزسشصضطظع",
            ),
        )
        assert done.returncode == 0, done.stderr


class TestPolicy:
    def test_every_response_has_the_policy(self, client) -> None:
        policy = client.get("/ar/admin/login/")["Content-Security-Policy"]
        assert set(policy.split("; ")) == {
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        }
        assert "unsafe" not in policy


class TestFormats:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_numbers_are_latin_with_a_comma(self, language: str) -> None:
        from django.contrib.humanize.templatetags.humanize import intcomma
        from django.utils import formats, translation

        with translation.override(language):
            assert intcomma(1234567) == "1,234,567"
            assert formats.number_format(2.5) == "2.5"

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_short_dates_have_no_direction_marks(self, language: str) -> None:
        import datetime

        from django.utils import formats, translation

        with translation.override(language):
            day = datetime.date(1923, 5, 14)
            assert formats.date_format(day, "SHORT_DATE_FORMAT") == "1923-05-14"

    def test_ids_in_urls_have_no_separators(self) -> None:
        from django.template import Context, Template

        assert Template("{{ id }}").render(Context({"id": 31415})) == "31415"


class TestSessions:
    def test_cookies_have_the_host_prefix_behind_a_proxy(self, tmp_path: Path) -> None:
        names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_HTTPONLY")
        found = _settings(tmp_path, *names, BEHIND_PROXY="true")
        assert found == {
            "SESSION_COOKIE_NAME": "__Host-sessionid",
            "CSRF_COOKIE_NAME": "__Host-csrftoken",
            "SESSION_COOKIE_HTTPONLY": True,
        }

    def test_client_address_is_set_first_behind_a_proxy(self, tmp_path: Path) -> None:
        found = _settings(tmp_path, "MIDDLEWARE", BEHIND_PROXY="true")
        assert found["MIDDLEWARE"][0] == "config.security.client_address.client_address"
        alone = _settings(tmp_path, "MIDDLEWARE")
        assert (
            "config.security.client_address.client_address" not in alone["MIDDLEWARE"]
        )


class TestMembersOnly:
    GUARD = "config.security.members_only.MembersOnlyMiddleware"

    def test_middleware_is_right_after_authentication(self, tmp_path: Path) -> None:
        found = _settings(tmp_path, "MIDDLEWARE", LOGIN_REQUIRED="true")
        before = found["MIDDLEWARE"][found["MIDDLEWARE"].index(self.GUARD) - 1]
        assert before == "django.contrib.auth.middleware.AuthenticationMiddleware"

    def test_middleware_is_off_by_default(self, tmp_path: Path) -> None:
        assert self.GUARD not in _settings(tmp_path, "MIDDLEWARE")["MIDDLEWARE"]
