"""manage.py that waits a second for locked SQLite: ``python -m tests.impatient …``."""

import sys
from typing import Final

import manage
from config import database_url

SECONDS: Final = 1

if __name__ == "__main__":
    # Before anybody imports it from there.
    database_url.SQLITE_BUSY_SECONDS = SECONDS
    sys.argv[0] = "manage.py"
    manage.main()
