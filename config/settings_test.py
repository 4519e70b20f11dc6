"""Settings of the test suite: the site's own, on data that is thrown away.

Nothing of the caller's environment reaches them, least of all the address of a
database in use.
"""

import os
import tempfile

_DATA = tempfile.TemporaryDirectory(prefix="sijill-tests-", ignore_cleanup_errors=True)
_READ_BY_SETTINGS = [
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CONTACT",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEBUG",
    "DIGITS",
    "EXPORT_GUEST_MAX_ROWS",
    "EXPORT_MAX_ROWS",
    "INDEX_MEMORY_MB",
    "INDEX_PROCESSES",
    "LOGIN_REQUIRED",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "MONTH_NAMES",
    "PROXY_COUNT",
    "RATE_EXPORT",
    "RATE_SEARCH",
    "READY_MAX_OUTBOX_SECONDS",
    "READY_MIN_FREE_MB",
    "SEARCH_MEMORY_MB",
    "SEARCH_SECONDS",
    "SITE_NAME_AR",
    "SITE_NAME_EN",
    "TIME_ZONE",
]
for _name in _READ_BY_SETTINGS:
    os.environ.pop(_name, None)
os.environ["SIJILL_DATA_DIR"] = _DATA.name
os.environ["SECRET_KEY"] = "only-for-the-tests-".ljust(50, "-")

from config.bootstrap import translations  # noqa: E402
from config.settings import *  # noqa: E402, F403
from config.settings import BASE_DIR, DATA_DIR  # noqa: E402

# The fast hasher: what is tested is never the strength of a test's password.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Without collectstatic there is no manifest; whitenoise finds the sources instead.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# All tests have one address; those of the limits set some.
RATES = {"search": None, "export": None}

# Here, because Django reads the catalogue of the site's language while it is set up.
translations.compile_catalogues(BASE_DIR / "locale", DATA_DIR / "locale")
