"""The WSGI application that gunicorn serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

from config.bootstrap.private_files import restrict_new_files

# gunicorn ends where a worker exits so (Arbiter.WORKER_BOOT_ERROR); after any other
# status it would start another one, again and again.
_WORKER_CANNOT_START = 3

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
restrict_new_files()
application = get_wsgi_application()


def _stop_without_archive() -> None:
    """Exit with a sentence where the archive is lost, in each worker that starts.

    A database that does not answer may do so later: until then pages say so.
    """
    # Django must be set up before its models are imported.
    from config.operations.lost_archive import ArchiveLost, refuse_lost_archive

    try:
        refuse_lost_archive()
    except ArchiveLost as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(_WORKER_CANNOT_START)
    except DatabaseError:
        pass
    finally:
        connection.close()


_stop_without_archive()
