"""Set-up of an installation: environment, packages, translations, administrator.

``run``, ``virtualenv``, ``fingerprint``, ``private_files``, ``machine_lock`` and
``errors`` run before anything is installed, so that they stand on the standard library
alone.
"""

__all__ = ["administrator", "fingerprint", "private_files", "run", "translations"]
