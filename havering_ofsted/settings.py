"""Settings, in the order of Django's own template. Every choice comes from the environment; see docs/deploy.md."""

from datetime import date
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)

# The demonstration: sample data, a pinned clock and plain-http cookies, on this machine only.
DEMO = env.bool("DEMO", default=False)
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if DEMO:
    if ALLOWED_HOSTS:
        raise ImproperlyConfigured("DEMO is for demonstrations only: it cannot be set beside ALLOWED_HOSTS.")
    ALLOWED_HOSTS = [*LOOPBACK, env("HOST", default="127.0.0.1")]
elif DEBUG:
    ALLOWED_HOSTS = ALLOWED_HOSTS or LOOPBACK

OFSTED_TODAY = env("OFSTED_TODAY", default="") or None
if OFSTED_TODAY:
    if not DEMO:
        raise ImproperlyConfigured(
            "OFSTED_TODAY pins the date and needs DEMO=1. Remove it from a live service."
        )
    try:
        OFSTED_TODAY = date.fromisoformat(OFSTED_TODAY)
    except ValueError as error:
        raise ImproperlyConfigured("OFSTED_TODAY must be a date such as 2017-06-27.") from error

SECRET_KEY = env("SECRET_KEY", default="for-development-on-one-machine-only" if DEBUG else "")
if not DEBUG and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10):
    raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

INSTALLED_APPS = [
    "havering_ofsted",
    "actionplan",
    "kpis",
    "havering_ofsted.apps.AdministrationConfig",  # Django admin with our own way in
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "csp",
    "simple_history",
]

MIDDLEWARE = [
    # The first two are outermost, so that refusals and errors of every later one carry their headers.
    "csp.middleware.CSPMiddleware",
    "havering_ofsted.middleware.response_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "havering_ofsted.urls"
WSGI_APPLICATION = "havering_ofsted.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "havering_ofsted.context.site",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A team writes to it: writers queue instead of failing, and an acknowledged write survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    # Drawn charts: kept by their content, so they never grow old, and shared by all processes of a machine.
    "charts": env.cache_url("CHART_CACHE_URL", default=f"filecache://{BASE_DIR}/.cache/charts")
    | {"TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 5000}},
}

# The indicators’ pages show the plan’s actions, and kpis may not import the plan: see kpis/linked.py.
KPIS_LINKED_ACTIONS = "actionplan.linked.linked_actions"
# New figures may reopen assured work: see kpis/watched.py.
KPIS_FIGURES_CAME_IN = "actionplan.assurance.watch.look"

AUTH_USER_MODEL = "havering_ofsted.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},  # ASVS 6.2.1; length protects better than composition rules
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static", ("govuk", BASE_DIR / "node_modules/govuk-frontend/dist/govuk")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Evidence that people add. Nothing serves this folder: a file leaves through a page that asks who wants it.
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env("EVIDENCE_DIR", default=str(BASE_DIR / ".evidence")),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# All evidence of one plan together, so that nobody fills the disk.
EVIDENCE_MAX_MEGABYTES = env.int("EVIDENCE_MAX_MEGABYTES", default=5000)
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site needs our style sheets

CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"

SIMPLE_HISTORY_DATE_INDEX = "composite"

if "EMAIL_URL" in env.ENVIRON:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="ofsted-improvement@havering.example")
EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs must not hold a row, or a page, for long
# Where people reach the service: mails that no request asked for link to it.
BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000" if DEMO or DEBUG else "").rstrip("/")
if BASE_URL and not BASE_URL.startswith("https://") and not (DEMO or DEBUG):
    raise ImproperlyConfigured("BASE_URL must be an address such as https://plan.council.example.")

# Figures and evidence come in as files of at most 10 MB. They are held in memory: nothing that is uploaded touches the
# disk under the name it came with. A larger request is read to its end and thrown away, and its form says that the file
# was too large.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024**2

# Loopback http is allowed in a demonstration or while developing; a live service is https only.
HTTPS_ONLY = not (DEMO or DEBUG)
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60  # sent over https only
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS_ONLY
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
if HTTPS_ONLY:
    # The prefix makes browsers refuse the cookie unless it is secure and bound to this host alone.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# The marking printed on every page and report: the council's own choice under the government's scheme.
MARKING = env("MARKING", default="OFFICIAL-SENSITIVE")

# The council’s own Word template for its papers: a .docx with its styles, header and footer. Ours where there is none.
WORD_TEMPLATE = env("WORD_TEMPLATE", default="")
if WORD_TEMPLATE and not Path(WORD_TEMPLATE).is_file():
    raise ImproperlyConfigured(f"WORD_TEMPLATE is {WORD_TEMPLATE}, and there is no such file.")
