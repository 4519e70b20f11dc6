"""Settings of the test suite: the site's own, with a data directory that is thrown away."""

import os
import tempfile

os.environ.setdefault("SIJILL_DATA_DIR", tempfile.mkdtemp(prefix="sijill-tests-"))
os.environ.setdefault("SECRET_KEY", "only-for-the-tests")

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
