"""Reads systemd's units as far as ours need: `read_unit`, `split_command`.

systemd itself cannot run everywhere the tests do; its rules for the lines of a unit are
those of systemd.syntax(7), systemd.exec(5) and systemd.service(5).
"""

import re
import shlex
from pathlib import Path
from typing import Final

from tests.sources import BASE_DIR

UNITS: Final = BASE_DIR / "deploy" / "systemd"
SHARED: Final = UNITS / "sijill-.service.d" / "account.conf"
ENVIRONMENT: Final = BASE_DIR / "deploy" / "sijill.env"

# Such as "%%", "$$".
_ESCAPES_RE: Final = re.compile(r"%%|\$\$")
_COMMENTS: Final = ("#", ";")

Unit = dict[str, dict[str, str]]


def read_unit(name: str) -> Unit:
    """The sections of a unit and, for a service, of what all services share."""
    unit: Unit = {}
    files = [UNITS / name, SHARED] if name.endswith(".service") else [UNITS / name]
    for file in files:
        _read(file, unit)
    return unit


def _read(file: Path, unit: Unit) -> None:
    section = ""
    for line in file.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith(_COMMENTS):
            continue
        if line.startswith("["):
            section = line.strip("[]")
            continue
        name, _, value = line.partition("=")
        unit.setdefault(section, {})[name.strip()] = value.strip()


def split_command(line: str) -> list[str]:
    """The words of a command line, as the program that is started gets them."""
    return [
        _ESCAPES_RE.sub(lambda found: found[0][0], word) for word in shlex.split(line)
    ]


def read_environment(file: Path = ENVIRONMENT) -> dict[str, str]:
    """The variables of an environment file."""
    lines = file.read_text("utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and line[0] not in _COMMENTS]
    return {name: "".join(shlex.split(value)) for name, _, value in pairs}
