"""Settings of the site; an installation changes some by environment variables.

A test compares the variables that are read here with the table in the README.
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config import env_vars, search_url
from config.operations.log_settings import configure_logging

BASE_DIR = Path(__file__).resolve().parent.parent
# All files that the site writes are here.
DATA_DIR = env_vars.path("SIJILL_DATA_DIR", BASE_DIR / "var")

# The compiled lexicon of Arabic; several installations on a machine can share one.
LEXICON_DIR = env_vars.path("SIJILL_LEXICON", DATA_DIR / "lexicon")

DEBUG = env_vars.boolean("DEBUG", default=False)
SECRET_KEY = env_vars.secret_key("SECRET_KEY", DATA_DIR / "secret-key", debug=DEBUG)
ALLOWED_HOSTS = env_vars.hosts("ALLOWED_HOSTS", default="127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = env_vars.origins("CSRF_TRUSTED_ORIGINS")

# Name, contact and date formats of the installation.
SITE_NAME_AR = env_vars.text("SITE_NAME_AR", default="سجلّ")
SITE_NAME_EN = env_vars.text("SITE_NAME_EN", default="Sijill")
CONTACT = env_vars.contact("CONTACT")
_MONTHS = ("both", "levantine", "egyptian", "maghrebi_dz", "maghrebi_ma")
MONTH_NAMES = env_vars.choice("MONTH_NAMES", choices=_MONTHS, default="both")
# Where MONTH_NAMES is "both", those of lists, tables and charts.
MONTH_NAMES_IN_LISTS = env_vars.choice(
    "MONTH_NAMES_IN_LISTS", choices=_MONTHS, default="levantine"
)
DIGITS = env_vars.choice("DIGITS", choices=("latin", "arabic"), default="latin")
# Marks search hits on an article's page; the archive itself does not import search.
ARTICLE_MARKER = "search.highlight.article.mark_for_query"
# The results around an article that was opened from a search.
SEARCH_NEIGHBORS = "search.views.neighbors.find_neighbors"
# A function (article, text, actors) -> ids of related articles, for their page.
RELATED_ARTICLES = "search.related.find_related"
# How sources name an actor, on its page.
NAMINGS = "search.views.namings.find_namings"
# A function parameters -> ids of the articles that a search finds, for the admin.
FOUND_ARTICLES = "search.views.neighbors.list_found"
# A function word -> word by which texts are compared that may be reprints.
TEXT_FOLD = "search.arabic.normalize.fold"
# A function (text, limit) -> ids of similar articles, for proposals.
SIMILAR_ARTICLES = "search.searcher.find_similar"
EXPORT_MAX_ROWS = env_vars.integer("EXPORT_MAX_ROWS", default=50_000, minimum=1)
# For anonymous visitors; never more than EXPORT_MAX_ROWS.
EXPORT_GUEST_MAX_ROWS = env_vars.integer(
    "EXPORT_GUEST_MAX_ROWS", default=5_000, minimum=1
)
# Searches, exports and API requests of one address, staff exempt; of one API key;
# failed sign-ins of one address.
RATES = {
    "search": env_vars.rate("RATE_SEARCH", default="300/minute"),
    "export": env_vars.rate("RATE_EXPORT", default="200/hour"),
    "api": env_vars.rate("RATE_API", default="300/minute"),
    "api_key": env_vars.rate("RATE_API_KEY", default="3000/minute"),
    "sign_in": env_vars.rate("RATE_SIGN_IN", default="20/hour"),
}
# Beyond these /readyz answers 503: free disk, waiting, heartbeat (0: no limit).
READY_MIN_FREE_MB = env_vars.integer("READY_MIN_FREE_MB", default=200)
READY_MAX_OUTBOX_SECONDS = env_vars.integer("READY_MAX_OUTBOX_SECONDS", default=3600)
READY_MAX_INDEXER_SECONDS = env_vars.integer(
    # On Windows start.py runs no indexer.
    "READY_MAX_INDEXER_SECONDS",
    default=0 if os.name == "nt" else 30,
)

LOGIN_REQUIRED = env_vars.boolean("LOGIN_REQUIRED", default=False)

INSTALLED_APPS = [
    "config.apps.SijillAdminConfig",
    # Before staticfiles: replaces its collectstatic.
    "config.apps.InstallationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    # WhiteNoise serves static files under runserver as well, as in production.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "axes",
    "archive",
    # Before haystack, whose rebuild_index it replaces.
    "search",
    "haystack",
]
MIDDLEWARE = [
    # First, so that responses of the middleware below have their headers as well.
    "csp.middleware.CSPMiddleware",
    "config.security.headers.headers",
    # Above what refuses, so that a refusal can be read by other sites too.
    "config.security.headers.cross_origin",
    "config.operations.compression.compression",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.operations.probes.probes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # Its answer is in the language of the address.
    "config.security.parameters.parameters",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *(["config.security.members_only.MembersOnlyMiddleware"] if LOGIN_REQUIRED else []),
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.security.rate_limits.middleware.RateLimitMiddleware",
    "config.security.password_guesses.PasswordChangeLimit",
    "config.security.hashing.HashingBusyPage",
    # Its page is that of a reader who has signed in.
    "config.operations.methods.methods",
    # Last, as its documentation requires: shows the lockout page.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.site",
            ],
        },
    },
]

DATABASES = {"default": env_vars.database("DATABASE_URL", DATA_DIR / "sijill.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_INDEX_PROCESSES = 2 if (os.cpu_count() or 1) > 1 else 0
# Nodes of a cluster that holds the index instead of this machine: docs/engines.md.
_SEARCH_URL = env_vars.words("SIJILL_SEARCH_URL")
_EMBEDDED = {
    "ENGINE": "search.engines.whoosh.backend.WhooshEngine",
    "PATH": str(DATA_DIR / "index"),
    # Memory and processes of a rebuild.
    "MEMORY_MB": env_vars.integer("INDEX_MEMORY_MB", default=512, minimum=128),
    "PROCESSES": env_vars.integer("INDEX_PROCESSES", default=_INDEX_PROCESSES),
    # Memory of the search caches of a process.
    "CACHE_MB": env_vars.integer("SEARCH_MEMORY_MB", default=192),
}
HAYSTACK_CONNECTIONS = {
    "default": {
        **(
            search_url.read(
                "SIJILL_SEARCH_URL",
                _SEARCH_URL,
                CA_FILE=search_url.check_certificates(
                    "SIJILL_SEARCH_CA_FILE", env_vars.text("SIJILL_SEARCH_CA_FILE")
                ),
                SHARDS=env_vars.integer("SIJILL_SEARCH_SHARDS", default=1, minimum=1),
            )
            if _SEARCH_URL
            else _EMBEDDED
        ),
        # Which archive a new index is of.
        "IDENTITY": "archive.models.ensure_identity",
        # A broken index must raise, not look like an empty archive.
        "SILENTLY_FAIL": False,
        # Processor seconds of a results page; waiting for the processor does not count.
        "TIMEOUT": env_vars.integer("SEARCH_SECONDS", default=2, minimum=1),
    }
}

PASSWORD_HASHERS = ["config.security.hashing.BoundedPBKDF2"]
AUTHENTICATION_BACKENDS = [
    # First, so that locked accounts are refused (docs/decisions/0013-sign-ins.md).
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_MIN_PASSWORD_LENGTH = 12
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": _MIN_PASSWORD_LENGTH}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "search:home"
# Failed sign-ins of an account from one address, and the lockout time after them.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_HANDLER = "config.security.sign_in_attempts.SignInAttempts"
AXES_LOCKOUT_PARAMETERS = "config.security.lockout.list_parameters"
AXES_CLIENT_IP_CALLABLE = "config.security.lockout.client_ip"
AXES_LOCKOUT_CALLABLE = "config.security.lockout.refuse"
AXES_RESET_ON_SUCCESS = True
# Attempts during a lockout do not extend it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Privacy: successful sign-ins are not logged.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]

# Assume https for URLs without scheme: the default of Django 6.
FORMS_URLFIELD_ASSUME_HTTPS = True

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("en", "English")]
# Compiled catalogues are in the data directory, their sources beside the code.
LOCALE_PATHS = [DATA_DIR / "locale", BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
globals().update(EMAIL := env_vars.mail("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env_vars.text("EMAIL_FROM", default="sijill@localhost")
TIME_ZONE = env_vars.time_zone("TIME_ZONE", default="UTC")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our fonts and scripts are no other site's
# Files at the root of the site, such as robots.txt.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
MEDIA_ROOT = DATA_DIR / "media"
IMPORTS_IN_REQUEST = False  # For tests: an import of the browser runs in its request.

# Nothing from other sites, nothing inline, no framing.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
# No URL of ours, which may have a query, is for other sites.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "config.security.expired_form.show_expired"
# The longest article, a million letters of at most four bytes, with its other fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6_000_000
# Pages of a folder that are uploaded at once; more come as a zip archive.
DATA_UPLOAD_MAX_NUMBER_FILES = 500
# A working day; activity does not extend it.
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True

# Behind a proxy that terminates TLS and sets X-Forwarded-Proto. Otherwise the site is
# served over plain HTTP, where browsers do not send secure cookies.
BEHIND_PROXY = env_vars.boolean("BEHIND_PROXY", default=False)
# The number of proxies in a row, each of which appends to X-Forwarded-For.
PROXY_COUNT = env_vars.integer("PROXY_COUNT", default=1, minimum=1)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    MIDDLEWARE.insert(0, "config.security.client_address.client_address")
    # The prefix keeps other hosts of the domain from setting these cookies.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SECURE_SSL_REDIRECT = BEHIND_PROXY
# Health checks do not come through the proxy.
PROBES = ("/healthz", "/readyz")
SECURE_REDIRECT_EXEMPT = [f"^{path[1:]}$" for path in PROBES]
SESSION_COOKIE_SECURE = BEHIND_PROXY
CSRF_COOKIE_SECURE = BEHIND_PROXY
LANGUAGE_COOKIE_SECURE = BEHIND_PROXY
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_PROXY else 0  # one year
# HSTS for subdomains and preloading are for the domain's owner to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOG_LEVEL = env_vars.choice(
    "LOG_LEVEL", choices=("debug", "info", "warning", "error"), default="info"
).upper()
LOG_FORMAT = env_vars.choice("LOG_FORMAT", choices=("text", "json"), default="text")
_PASSWORDS = EMAIL["EMAIL_HOST_PASSWORD"], DATABASES["default"].get("PASSWORD", "")
_SECRETS = [SECRET_KEY, *map(str, _PASSWORDS), search_url.find_password(_SEARCH_URL)]
LOGGING = configure_logging(
    level=LOG_LEVEL, form=LOG_FORMAT, secrets=_SECRETS, probes=PROBES
)
