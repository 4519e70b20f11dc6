"""The containers of deploy/ are of what the project has: settings, files, commands."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from config import database_url, search_url
from tests.sources import BASE_DIR

_COMPOSE = yaml.safe_load((BASE_DIR / "deploy/compose.yaml").read_text("utf-8"))
_SERVICES: dict[str, Any] = _COMPOSE["services"]
_DOCKERFILE = (BASE_DIR / "deploy/Dockerfile").read_text("utf-8")
_SITE = ("setup", "web", "indexer")
# Such as ${SECRET_KEY:?set it}, and ${ALLOWED_HOSTS:-localhost} with a default.
_VARIABLE_RE = re.compile(r"\$\{(\w+):([?-])([^}]*)\}")


def _read_settings() -> str:
    files = [BASE_DIR / "config" / name for name in ("settings.py", "gunicorn.py")]
    return "".join(path.read_text("utf-8") for path in files)


class TestCompose:
    @pytest.mark.parametrize("name", _SITE)
    def test_settings_are_those_that_the_site_reads(self, name: str) -> None:
        read = _read_settings()
        for variable in _SERVICES[name]["environment"]:
            assert f'"{variable}"' in read, variable

    def test_addresses_lead_to_the_other_services(self) -> None:
        environment = _SERVICES["web"]["environment"]
        url = _VARIABLE_RE.sub("secret", environment["DATABASE_URL"])
        found = database_url.parse(url)
        database = _SERVICES["database"]["environment"]
        assert (found["HOST"], found["USER"], found["NAME"]) == (
            "database",
            database["POSTGRES_USER"],
            database["POSTGRES_DB"],
        )
        assert search_url.parse_name([environment["SIJILL_SEARCH_URL"]]) == "sijill"
        assert environment["SIJILL_SEARCH_URL"] == "http://search:9200"

    def test_no_secret_has_a_value_of_its_own(self) -> None:
        for name in (*_SITE, "database"):
            for variable, value in _SERVICES[name]["environment"].items():
                if "SECRET" in variable or "PASSWORD" in variable:
                    [(_name, kind, _sentence)] = _VARIABLE_RE.findall(value)
                    assert kind == "?", variable

    def test_services_wait_for_what_tells_its_health(self) -> None:
        for name, service in _SERVICES.items():
            for other, how in service.get("depends_on", {}).items():
                if how["condition"] == "service_healthy":
                    assert _SERVICES[other]["healthcheck"]["test"], (name, other)
                else:
                    assert how["condition"] == "service_completed_successfully"
                    assert _SERVICES[other]["restart"] == "no"

    def test_volumes_are_declared_and_others_reach_the_site_alone(self) -> None:
        mounted = {
            volume.partition(":")[0]
            for service in _SERVICES.values()
            for volume in service["volumes"]
        }
        assert mounted == {*_COMPOSE["volumes"]}
        ports = {name: each.get("ports", []) for name, each in _SERVICES.items()}
        assert {name for name, published in ports.items() if published} == {"web"}
        assert all(port.startswith("127.0.0.1:") for port in ports["web"])

    def test_images_have_versions(self) -> None:
        images = [_SERVICES[name]["image"] for name in ("database", "search")]
        images += re.findall(r"^FROM (\S+)", _DOCKERFILE, re.MULTILINE)
        for image in images:
            assert re.search(r":\d", image), image

    @pytest.mark.parametrize("name", _SITE)
    def test_commands_are_there(self, name: str) -> None:
        command = _SERVICES[name]["command"]
        for word in command:
            if word.endswith(".py"):
                assert (BASE_DIR / word.removeprefix("--config=")).is_file(), word
        if "manage.py" in command:
            assert command[command.index("manage.py") + 1] in get_commands()


class TestImage:
    def test_what_is_copied_and_installed_is_there(self) -> None:
        for lock in re.findall(r"requirements\S*\.lock", _DOCKERFILE):
            assert (BASE_DIR / lock).is_file(), lock
        context = _SERVICES["web"]["build"]
        assert (BASE_DIR / "deploy" / context["context"]).resolve() == BASE_DIR
        assert (BASE_DIR / context["dockerfile"]).is_file()

    def test_data_and_environments_stay_outside(self) -> None:
        """A .venv of this machine would be taken for that of the image."""
        left_out = (BASE_DIR / ".dockerignore").read_text("utf-8").split()
        assert {".git", ".venv", "var", "**/*.env"} <= {*left_out}

    def test_site_writes_in_its_volume_alone(self) -> None:
        [folder] = re.findall(r"^VOLUME (\S+)", _DOCKERFILE, re.MULTILINE)
        assert f"ENV SIJILL_DATA_DIR={folder}\n" in _DOCKERFILE
        assert re.search(r"^USER (?!root)\w+$", _DOCKERFILE, re.MULTILINE)
        for name in _SITE:
            assert _SERVICES[name]["volumes"] == [f"data:{folder}"]
        assert Path(folder).is_absolute()
