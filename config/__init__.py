"""The installation: settings, set-up, addresses, sign-ins, operations and backup.

It may import every application; nothing imports it. Django, gunicorn and ``start.py``
find its modules by name.
"""

__all__ = ["bootstrap", "gunicorn", "settings", "settings_test", "urls", "wsgi"]
