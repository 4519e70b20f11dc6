"""The whole archive in one file, and back: `making` and `restoring`."""
