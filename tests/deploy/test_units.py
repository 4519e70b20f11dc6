"""systemd accepts the units, and the files that they name exist."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.config.test_settings import _variables_read
from tests.deploy.units import ENVIRONMENT, UNITS, read_environment, read_unit
from tests.sources import BASE_DIR

DEPLOY = BASE_DIR / "deploy"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
TIMERS = sorted(path.name for path in UNITS.glob("*.timer"))
# What systemd-analyze calls "OK"; a service that may do anything has 9.6.
HIGHEST_EXPOSURE = "25"
# "ssl_certificate /etc/letsencrypt/…;"
_CERTIFICATE_RE = re.compile(r"/etc/letsencrypt/live/\S+/(\w+\.pem)")


def _copy_units(folder: Path) -> list[str]:
    """The units with an interpreter that is there, as systemd would find them."""
    shutil.copytree(UNITS, folder / "units")
    for service in (folder / "units").glob("*.service"):
        text = service.read_text().replace("/srv/sijill/.venv/bin/python", "/bin/sh")
        service.write_text(text)
    return [
        str(path) for path in sorted((folder / "units").iterdir()) if path.is_file()
    ]


def _analyze(*arguments: str) -> "subprocess.CompletedProcess[str]":
    if shutil.which("systemd-analyze") is None:
        pytest.skip("No systemd on this machine")
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True
    )


class TestUnits:
    def test_systemd_verifies_the_units(self, tmp_path: Path) -> None:
        done = _analyze("verify", *_copy_units(tmp_path))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    def test_systemd_reads_the_shared_drop_in(self, tmp_path: Path) -> None:
        files = _copy_units(tmp_path)
        shared = tmp_path / "units" / "sijill-.service.d" / "account.conf"
        shared.write_text(shared.read_text() + "\nNoNewPrivilege=yes\n")
        assert "'NoNewPrivilege' in section" in _analyze("verify", *files).stderr

    @pytest.mark.parametrize("service", SERVICES)
    def test_service_exposure_is_low(self, tmp_path: Path, service: str) -> None:
        _copy_units(tmp_path)
        offline = ("security", "--offline=yes", f"--threshold={HIGHEST_EXPOSURE}")
        done = _analyze(*offline, str(tmp_path / "units" / service))
        assert done.returncode == 0, done.stdout

    def test_timers_have_their_service(self) -> None:
        assert TIMERS
        for timer in TIMERS:
            assert f"{Path(timer).stem}.service" in SERVICES

    def test_site_requires_the_socket_that_nginx_names(self) -> None:
        assert read_unit("sijill-site.service")["Unit"]["Requires"] == (
            "sijill-site.socket"
        )
        address = read_unit("sijill-site.socket")["Socket"]["ListenStream"]
        assert f"server unix:{address} " in (DEPLOY / "nginx/sijill.conf").read_text()

    def test_long_running_services_restart_and_have_limits(self) -> None:
        for service in ("sijill-site.service", "sijill-indexer.service"):
            section = read_unit(service)["Service"]
            assert section["Restart"] == "always"
            assert int(section["LimitNOFILE"]) >= 4096
            assert "MemoryMax" in section

    @pytest.mark.parametrize("service", SERVICES)
    def test_what_they_write_is_private(self, service: str) -> None:
        section = read_unit(service)["Service"]
        assert section["UMask"] == "0077"
        assert section["StateDirectoryMode"] == "0700"


class TestEnvironment:
    def test_environment_file_sets_known_variables_only(self) -> None:
        known = {*_variables_read(), "WEB_CONCURRENCY"}
        assert set(read_environment()) <= known

    def test_shell_and_systemd_read_the_same_values(self, tmp_path: Path) -> None:
        """deploy/sijill hands it to start.py."""
        (tmp_path / "deploy").mkdir()
        shutil.copy2(DEPLOY / "sijill", tmp_path / "deploy")
        (tmp_path / "start.py").write_text(
            "import os, sys\nprint(*sys.argv[1:])\n"
            "for pair in os.environ.items(): print(*pair, sep='=')\n"
        )
        done = subprocess.run(
            [tmp_path / "deploy" / "sijill", "manage", "backup"],
            env={"PATH": os.environ["PATH"], "SIJILL_ENVIRONMENT": str(ENVIRONMENT)},
            capture_output=True,
            text=True,
            check=True,
        )
        arguments, *pairs = done.stdout.splitlines()
        assert arguments == "manage backup"
        assert {"=".join(pair) for pair in read_environment().items()} <= set(pairs)


class TestProxy:
    def test_nginx_accepts_its_configuration(self, tmp_path: Path) -> None:
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        if nginx is None or shutil.which("openssl") is None:
            pytest.skip("No nginx or no openssl on this machine")
        _make_certificate(tmp_path)
        site = (DEPLOY / "nginx/sijill.conf").read_text()
        site = _CERTIFICATE_RE.sub(lambda found: f"{tmp_path}/{found[1]}", site)
        (tmp_path / "site.conf").write_text(site)
        whole = tmp_path / "nginx.conf"
        whole.write_text(
            f"pid {tmp_path}/pid; events {{}}\n"
            f"http {{ access_log off; include {tmp_path}/site.conf; }}\n"
        )
        command = [nginx, "-t", "-q", "-c", str(whole), "-e", f"{tmp_path}/errors"]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "emerg" not in done.stderr


def _make_certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
    command += ["-days", "1", "-subj", "/CN=archive.example.org"]
    command += ["-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"]
    subprocess.run(command, check=True, capture_output=True)
