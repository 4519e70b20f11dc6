#!/usr/bin/env python3
"""Django's command line for Sijill."""

import os
import sys

# What a shell reports of a program that SIGPIPE ended.
_READER_LEFT = 141
_CANNOT_RUN = 2


def main() -> None:
    """Run the management command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, InterfaceError

    try:
        execute_from_command_line(sys.argv)
        # A full disk is noticed here rather than when nobody listens any more.
        sys.stdout.flush()
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")
    except BrokenPipeError:
        # The reader, `head` for one, has enough. Python would complain once more while
        # it closes standard output, so that leads nowhere now.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_READER_LEFT)
    except (OSError, DatabaseError, InterfaceError) as error:
        from config.operations.outage_messages import explain

        sentence = explain(error)
        if sentence is None or "--traceback" in sys.argv:
            raise
        sys.stderr.write(f"{sentence}\n")
        # What is still to be printed could raise the same once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_CANNOT_RUN)


if __name__ == "__main__":
    main()
