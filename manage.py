#!/usr/bin/env python3
"""Django's command line for Sijill."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, InterfaceError

from config.bootstrap.private_files import restrict_new_files
from config.operations.outage_messages import explain, explain_exit

# As shells report SIGPIPE: 128 + 13.
_BROKEN_PIPE = 141
_CANNOT_RUN = 2


def main() -> None:
    """Run the management command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    restrict_new_files()
    try:
        execute_from_command_line(sys.argv)
        # Raises for a full disk here, where the error is still handled.
        sys.stdout.flush()
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")
    except SystemExit as error:
        if sentence := explain_exit(error):
            sys.stderr.write(f"{sentence}\n")
        raise
    except BrokenPipeError:
        # The reader, such as `head`, has closed the pipe. Discard the rest, because
        # Python would raise again when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_BROKEN_PIPE)
    except (OSError, DatabaseError, InterfaceError) as error:
        sentence = explain(error)
        if sentence is None or "--traceback" in sys.argv:
            raise
        sys.stderr.write(f"{sentence}\n")
        # Discard the rest of the output, which could raise the same error again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_CANNOT_RUN)


if __name__ == "__main__":
    main()
