"""Settings of the test suite: those of the site, with temporary data.

Environment variables of the caller are ignored, above all DATABASE_URL. Tests run on
PostgreSQL where SIJILL_TEST_DATABASE_URL names a database of a server; they make and
drop another beside it.
"""

import os
import sys
import tempfile

from config.env_vars import SITE_VARIABLES

_DATA = tempfile.TemporaryDirectory(prefix="sijill-tests-", ignore_cleanup_errors=True)
_IGNORED_VARIABLES = (
    *SITE_VARIABLES,
    *("DATABASE_URL", "DEBUG", "EMAIL_URL"),
    *(f"SIJILL_SEARCH_{name}" for name in ("URL", "CA_FILE", "SHARDS")),
)
for _name in _IGNORED_VARIABLES:
    os.environ.pop(_name, None)
_database_url = os.environ.get("SIJILL_TEST_DATABASE_URL", "")
if _database_url:
    os.environ["DATABASE_URL"] = _database_url
os.environ["SIJILL_DATA_DIR"] = _DATA.name
# Shared by all tests: it is a function of the code and an installed package.
os.environ["SIJILL_LEXICON"] = f"{sys.prefix}/sijill-lexicon"
os.environ["SECRET_KEY"] = "only-for-the-tests-".ljust(50, "-")

from config.bootstrap import translations  # noqa: E402
from config.settings import *  # noqa: E402, F403
from config.settings import BASE_DIR, DATA_DIR, DATABASES  # noqa: E402

# A fast hasher, because no test is about the strength of hashes.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Without collectstatic there is no manifest; WhiteNoise serves the sources instead.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# All tests have the same address; those of rate limits set rates of their own.
RATES = {"search": None, "export": None, "api": None, "api_key": None, "sign_in": None}
# A process of its own would see another database.
IMPORTS_IN_REQUEST = True
# No indexer runs beside the tests.
READY_MAX_INDEXER_SECONDS = 0

if not _database_url:
    # In memory: pytest-django knows only Django's own engine to need no file of its
    # own.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}

# Before `django.setup`, which reads the catalogue of the site's language.
translations.compile_catalogues(BASE_DIR / "locale", DATA_DIR / "locale")
