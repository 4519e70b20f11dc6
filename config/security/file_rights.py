"""The system check that other users of the machine cannot read the site's data."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import connections
from django.utils.translation import gettext as _

from config.bootstrap.private_files import OTHERS, list_open


def check_data_directory(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """``sijill.W001`` where others may read or write what the site has written."""
    found = [*list_open(Path(settings.DATA_DIR)), *_list_open_databases()]
    if not found:
        return []
    names = ", ".join(map(str, found))
    return [
        Warning(
            _("Other users of this machine may read or change: %(names)s.")
            % {"names": names},
            hint=_(
                "Close the data directory to them: chmod 700 %(folder)s. Where a web"
                " server reads the folder static in it, chmod 711; what the site has"
                " written beside it is closed when it starts."
            )
            % {"folder": settings.DATA_DIR},
            id="sijill.W001",
        )
    ]


def _list_open_databases() -> list[Path]:
    """SQLite's files that others may read or write, outside the data directory."""
    found = []
    for connection in connections.all():
        if connection.vendor != "sqlite":
            continue
        file = Path(str(connection.settings_dict["NAME"]))
        if file.is_file() and file.parent != Path(settings.DATA_DIR):
            is_reached = file.parent.stat().st_mode & OTHERS
            found += [file] if is_reached and file.stat().st_mode & OTHERS else []
    return found
