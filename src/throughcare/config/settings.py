"""Django's settings, from the environment: THROUGHCARE_HOME, THROUGHCARE_DATABASE_URL, THROUGHCARE_PILOT."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from throughcare.registry.folders import django_apps

HOME = Path(os.environ.get("THROUGHCARE_HOME", "./var")).resolve()
PILOTS = Path(__file__).resolve().parents[3] / "pilots"
THROUGHCARE_PILOT = Path(os.environ.get("THROUGHCARE_PILOT", PILOTS / "gto-london-2016.toml"))

INSTALLED_APPS = django_apps()
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = os.environ.get("THROUGHCARE_SECRET_KEY", "not-secret: no page is served with it yet")


def _database(url: str) -> dict[str, object]:
    """The default database: PostgreSQL where a URL is given, else SQLite (write-ahead log) in the home."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "throughcare.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
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
    }


DATABASES = {"default": _database(os.environ.get("THROUGHCARE_DATABASE_URL", ""))}
