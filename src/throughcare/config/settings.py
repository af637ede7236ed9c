"""Django's settings, from the environment: THROUGHCARE_HOME, THROUGHCARE_DATABASE_URL, THROUGHCARE_PILOT and those of sign-in.

docs/reference/settings.md tells each variable. Joins, never decides: what people may do is in `casework.access`.
"""

import os
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from throughcare.config import sign_in
from throughcare.config.mail import mail_server
from throughcare.config.secret import FILE as SECRET_KEY_FILE  # noqa: F401 (a setting: what of a home is not somebody's work)
from throughcare.config.secret import secret_key
from throughcare.registry.folders import PACKAGE, django_apps, template_folders

HOME = Path(os.environ.get("THROUGHCARE_HOME", "./var")).resolve()
PILOTS = Path(__file__).resolve().parents[3] / "pilots"
THROUGHCARE_PILOT = Path(os.environ.get("THROUGHCARE_PILOT", PILOTS / "gto-london-2016.toml"))


def _demonstration() -> date | None:
    """The day on which a demonstration home stands still; None in any other home."""
    mark = HOME / "demonstration.txt"
    if not mark.is_file():
        return None
    day = next((line for line in mark.read_text(encoding="utf-8").splitlines() if line.startswith("day: ")), "")
    return date.fromisoformat(day.removeprefix("day: ")) if day else None


DEMONSTRATION = _demonstration()
HTTPS = os.environ.get("THROUGHCARE_HTTPS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    *sign_in.APPS,
    *django_apps(),
    "throughcare.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *sign_in.MIDDLEWARE,
    "throughcare.web.middleware.ReaderMiddleware",
]
ROOT_URLCONF = "throughcare.config.urls"
WSGI_APPLICATION = "throughcare.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [*template_folders(), PACKAGE / "api" / "templates"],
        "OPTIONS": {
            "environment": "throughcare.design.environment.environment",
            "context_processors": ["throughcare.web.context.frame"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "design" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86_400

USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = [host for host in os.environ.get("THROUGHCARE_HOSTS", "").split(",") if host] or [
    "127.0.0.1",
    "localhost",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = sign_in.IDLE_SECONDS + sign_in.KEPT_EVERY  # a session in use is written once a minute
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("THROUGHCARE_BEHIND_PROXY") == "1" else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
"""A failure of the program is told with its traceback on standard error, without the values in it; addresses hold no names."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
MAIL_SERVER = os.environ.get("THROUGHCARE_MAIL_SERVER", "")
_sender = os.environ.get("THROUGHCARE_MAIL_FROM", "")
for _name, _value in mail_server(MAIL_SERVER, _sender, demonstration=bool(DEMONSTRATION)).items():
    globals()[_name] = _value

ADDRESS = os.environ.get("THROUGHCARE_ADDRESS", "").rstrip("/") or f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}"
"""Where the service is, for links in e-mails."""

API_RATE = int(os.environ.get("THROUGHCARE_API_RATE", "300"))
"""Requests of one token in a minute."""

AUTH_USER_MODEL = "access.Account"
for _name in (name for name in dir(sign_in) if name.isupper() and name not in ("APPS", "MIDDLEWARE")):
    globals()[_name] = getattr(sign_in, _name)


def _database(url: str) -> dict[str, object]:
    """The default database: PostgreSQL where a URL is given, else SQLite (write-ahead log) in the home."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "throughcare.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
            },
        }
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
    }


DATABASES = {"default": _database(os.environ.get("THROUGHCARE_DATABASE_URL", ""))}
