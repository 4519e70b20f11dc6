"""``python -m benchmarks.retrieval``: Django set up, then the command line.

The engine reads the site's settings when it is imported.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benchmarks.retrieval.run import main  # noqa: E402 - after the set-up

main()
