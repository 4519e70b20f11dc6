"""Set-up of an installation: environment, packages, translations, administrator.

``run``, ``virtualenv``, ``fingerprint`` and ``errors`` run before anything is
installed, so that they stand on the standard library alone.
"""

__all__ = ["administrator", "fingerprint", "run", "translations"]
