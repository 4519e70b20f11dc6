"""gunicorn's settings under systemd, where the indexer is a service of its own."""

from config.gunicorn import *  # noqa: F403 - all but the hooks that run the indexer

del when_ready, on_exit  # noqa: F821
