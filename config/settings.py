"""Settings of the site; what an installation may change comes from the environment.

The README tables every variable read here, and a test compares the two.
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config import env_vars

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything the site writes lives here.
DATA_DIR = env_vars.path("SIJILL_DATA_DIR", BASE_DIR / "var")

DEBUG = env_vars.boolean("DEBUG", default=False)
SECRET_KEY = env_vars.secret_key("SECRET_KEY", DATA_DIR / "secret-key", debug=DEBUG)
ALLOWED_HOSTS = env_vars.hosts("ALLOWED_HOSTS", default="127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = env_vars.origins("CSRF_TRUSTED_ORIGINS")

# What an installation says of itself.
SITE_NAME_AR = env_vars.text("SITE_NAME_AR", default="سجلّ")
SITE_NAME_EN = env_vars.text("SITE_NAME_EN", default="Sijill")
CONTACT = env_vars.contact("CONTACT")
MONTH_NAMES = env_vars.choice(
    "MONTH_NAMES",
    choices=("both", "levantine", "egyptian", "maghrebi_dz", "maghrebi_ma"),
    default="both",
)
DIGITS = env_vars.choice("DIGITS", choices=("latin", "arabic"), default="latin")
# Marks the words of a search in an article; the archive itself knows no search.
ARTICLE_MARKER = "search.highlight.article.mark_for_query"
EXPORT_MAX_ROWS = env_vars.integer("EXPORT_MAX_ROWS", default=50_000, minimum=1)
# For visitors who have not signed in; never more than EXPORT_MAX_ROWS.
EXPORT_GUEST_MAX_ROWS = env_vars.integer(
    "EXPORT_GUEST_MAX_ROWS", default=5_000, minimum=1
)
# How often one address may search and take files away; staff may as often as they like.
RATES = {
    "search": env_vars.rate("RATE_SEARCH", default="300/minute"),
    "export": env_vars.rate("RATE_EXPORT", default="200/hour"),
}
# When /readyz says that the site is not: less free disk, or an article that waits
# longer to be indexed (0: however long).
READY_MIN_FREE_MB = env_vars.integer("READY_MIN_FREE_MB", default=200)
READY_MAX_OUTBOX_SECONDS = env_vars.integer("READY_MAX_OUTBOX_SECONDS", default=3600)

# Whether nobody reads anything before they have signed in.
LOGIN_REQUIRED = env_vars.boolean("LOGIN_REQUIRED", default=False)

INSTALLED_APPS = [
    "config.apps.SijillAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Under runserver too, static files are whitenoise's, as in production.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "axes",
    "config.apps.InstallationConfig",
    "archive",
    # Before haystack, so that its rebuild_index is the one that runs.
    "search",
    "haystack",
]
MIDDLEWARE = [
    # These first, so that files, redirects and errors of the others have them as well.
    "csp.middleware.CSPMiddleware",
    "config.security.headers.headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.operations.probes.probes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *(["config.security.members_only.MembersOnlyMiddleware"] if LOGIN_REQUIRED else []),
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.security.rate_limits.middleware.RateLimitMiddleware",
    # Last, as it asks: turns a refused sign-in into the page that says how long.
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

# On one processor there is nobody to help; more than two want more memory to be faster.
_INDEX_PROCESSES = 2 if (os.cpu_count() or 1) > 1 else 0
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "search.engines.whoosh.backend.WhooshEngine",
        "PATH": str(DATA_DIR / "index"),
        # A broken index must show as one, not as an archive with nothing in it.
        "SILENTLY_FAIL": False,
        # What building a whole index may use: memory, and processes for its texts.
        "MEMORY_MB": env_vars.integer("INDEX_MEMORY_MB", default=512, minimum=128),
        "PROCESSES": env_vars.integer("INDEX_PROCESSES", default=_INDEX_PROCESSES),
        # Processor seconds of a results page: a busy machine is no fault of the query.
        "TIMEOUT": env_vars.integer("SEARCH_SECONDS", default=2, minimum=1),
        # What a process keeps of the words that were searched for.
        "CACHE_MB": env_vars.integer("SEARCH_MEMORY_MB", default=192),
    }
}

AUTHENTICATION_BACKENDS = [
    # First: it turns away who has failed too often (docs/decisions/0013-sign-ins.md).
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
# Failed sign-ins of one account from one address, and how long it then waits.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = "config.security.lockout.list_parameters"
AXES_CLIENT_IP_CALLABLE = "config.security.lockout.client_ip"
AXES_LOCKOUT_CALLABLE = "config.security.lockout.refuse"
AXES_RESET_ON_SUCCESS = True
# Whoever tries again meanwhile waits no longer than was said.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Who signed in when and from where is nobody's business to keep.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]

# An address typed without a scheme is taken for https, as Django 6 will have it.
FORMS_URLFIELD_ASSUME_HTTPS = True

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("en", "English")]
# Compiled catalogues lie with the other data; the sources, beside the code.
LOCALE_PATHS = [DATA_DIR / "locale", BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
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
# No other site needs our fonts and scripts.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# What crawlers look for above every path, robots.txt first of all.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
MEDIA_ROOT = DATA_DIR / "media"

# Nothing is loaded from elsewhere, nothing stands inline, nobody frames our pages.
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
# Other sites do not learn which page, with which search in its address, led to them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# A working day; nobody is signed in longer, however busy.
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True

# A proxy that ends TLS and sets X-Forwarded-Proto. Without one the site is served over
# plain HTTP, where secure cookies would only shut everybody out.
BEHIND_PROXY = env_vars.boolean("BEHIND_PROXY", default=False)
# How many proxies stand in line, each of which adds to X-Forwarded-For.
PROXY_COUNT = env_vars.integer("PROXY_COUNT", default=1, minimum=1)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    MIDDLEWARE.insert(0, "config.security.client_address.client_address")
    # Under these names no other host of the domain can plant a cookie.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SECURE_SSL_REDIRECT = BEHIND_PROXY
# What watches over the site asks it past the proxy.
PROBES = ("/healthz", "/readyz")
SECURE_REDIRECT_EXEMPT = [f"^{path[1:]}$" for path in PROBES]
SESSION_COOKIE_SECURE = BEHIND_PROXY
CSRF_COOKIE_SECURE = BEHIND_PROXY
LANGUAGE_COOKIE_SECURE = BEHIND_PROXY
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_PROXY else 0  # one year
# Whether a whole domain and its other hosts keep to HTTPS is its owner's to promise.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOG_LEVEL = env_vars.choice(
    "LOG_LEVEL", choices=("debug", "info", "warning", "error"), default="info"
).upper()
LOG_FORMAT = env_vars.choice("LOG_FORMAT", choices=("text", "json"), default="text")
_SECRETS = [SECRET_KEY, str(DATABASES["default"].get("PASSWORD", ""))]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "()": "config.operations.log_format.TextFormatter",
            "secrets": _SECRETS,
        },
        "json": {
            "()": "config.operations.log_format.JsonFormatter",
            "secrets": _SECRETS,
        },
    },
    "filters": {
        "exclude_probes": {
            "()": "config.operations.log_format.ExcludeProbes",
            "paths": PROBES,
        },
        "drop_refusal_traceback": {
            "()": "config.operations.log_format.DropRefusalTraceback"
        },
    },
    "handlers": {
        # StreamHandler writes to stderr.
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["drop_refusal_traceback"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would mail the administrators, who have no address.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"filters": ["exclude_probes"]},
        # runserver's line for every request.
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "archive": {"level": LOG_LEVEL},
        "search": {"level": LOG_LEVEL},
        "config": {"level": LOG_LEVEL},
    },
}
