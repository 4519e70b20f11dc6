"""Finds the system's Chromium and says how it is started for tests."""

import shutil

# The shell has no windows to draw: a page takes it a third of the processor's time.
_NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
)

ARGUMENTS = [
    # Tests run as root in containers, where Chromium's sandbox refuses to start.
    "--no-sandbox",
    "--disable-gpu",
    # One process less for each browser.
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    # Chromium must not look for its maker's servers.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """The path of an installed Chromium, or None."""
    return next(filter(None, map(shutil.which, _NAMES)), None)
