"""Settings of one process: the plane it belongs to (KONTOR_PLANE) and the house it serves (KONTOR_HOUSE)."""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from kontor.config.house import House
from kontor.config.planes import PLANES

PLANE = PLANES[os.environ.get("KONTOR_PLANE", "owner")]
HOUSE = House.from_environment()
SOURCE = Path(__file__).resolve().parents[1]
IS_WEB = PLANE.is_web

DEBUG = False
SECRET_KEY = HOUSE.secret(f"django-{PLANE.name}")
ALLOWED_HOSTS = os.environ.get("KONTOR_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
ROOT_URLCONF = PLANE.urlconf
WSGI_APPLICATION = "kontor.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The worker and the owner (tests, imports, benchmarks) hear events; web processes only write them.
HEARS_EVENTS = PLANE.name in ("worker", "owner")

INSTALLED_APPS = [
    *PLANE.rooms,
    "django_htmx",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    *(
        ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
        if PLANE.has_staff
        else []
    ),
    *(["procrastinate.contrib.django"] if PLANE.name in ("worker", "owner", "back") else []),
]

MIDDLEWARE = PLANE.middleware

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"]),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "kontor.kernel.ui.context.page",
                *(["kontor.kernel.actor.navigation.staff_frame"] if PLANE.has_staff and IS_WEB else []),
            ],
            "builtins": ["django.templatetags.i18n", "kontor.kernel.ui.templatetags.ui"],
        },
    }
]

_SESSION = ["-c timezone=UTC"]
if PLANE.name != "owner":
    _SESSION += ["-c lock_timeout=2s", "-c idle_in_transaction_session_timeout=10s"]
    _SESSION += [f"-c statement_timeout={'5s' if IS_WEB else '60s'}"]
if PLANE.name not in ("public", "desk"):
    # The chain's statements take arrays and are planned once; planning one anew costs more than running it.
    _SESSION += ["-c plan_cache_mode=force_generic_plan"]


def _database(role: str, application: str, *session: str, connections: int = 0) -> dict[str, Any]:
    """The connection of one role; ``connections`` of them are kept by a process that answers browsers."""
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    pool = {"pool": {"min_size": 1, "max_size": connections, "timeout": 5}} if connections else {}
    return {
        "ENGINE": "kontor.kernel.membrane.postgres",
        **{names[key]: value for key, value in HOUSE.connection(role).items() if key in names},
        "CONN_MAX_AGE": 0,
        "TEST": {"TEMPLATE": None},
        "OPTIONS": {
            **pool,
            "prepare_threshold": 5,  # for kernel.sql, whose cursors are the driver's own
            "connect_timeout": 3,
            "tcp_user_timeout": 3000,
            "keepalives_idle": 2,
            "keepalives_interval": 1,
            "keepalives_count": 3,
            "application_name": application,
            "options": " ".join(session),
        },
    }


DATABASES: dict[str, Any] = {
    "default": _database(PLANE.role, f"kontor-{PLANE.name}", *_SESSION, connections=8 if IS_WEB else 0)
}
if PLANE.name in ("back", "worker"):
    # Product conception reads through a role of its own, which cannot learn who was heard (bridge/voice/access.py).
    DATABASES["design"] = _database(
        "design",
        f"kontor-{PLANE.name}-design",
        *_SESSION,
        "-c default_transaction_read_only=on",
        connections=2 if IS_WEB else 0,
    )

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "kontor_language"
LOCALE_PATHS = [SOURCE / "locale"]
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOUSE.path / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kontor.kernel.ui.storage.HashedStaticFiles"},
}
MEDIA_URL = "pictures/"
MEDIA_ROOT = HOUSE.pictures
WHITENOISE_MAX_AGE = 3600

AUTH_USER_MODEL = "actor.StaffAccount"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "staff:login"
SESSION_COOKIE_NAME = PLANE.session_cookie
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = PLANE.csrf_cookie
CSRF_FAILURE_VIEW = "kontor.kernel.membrane.views.csrf_refused"
# Behind a TLS proxy (docs/operators/production.md) cookies travel over TLS only.
_TLS = os.environ.get("KONTOR_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'", os.environ.get("KONTOR_LIVE_URL", "http://127.0.0.1:8403")],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'", os.environ.get("KONTOR_PROVIDER_URL", "http://127.0.0.1:8404")],
    "frame-ancestors": ["'none'"],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# Django says nothing of crashed pages unless somebody listens: each process writes them into its own log.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"log": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {"django.request": {"handlers": ["log"], "propagate": True}},
}

# Other people's servers ------------------------------------------------------------------------------------
IMAP_URL = os.environ.get("KONTOR_IMAP_URL", "")  # the mailbox whose mails become matters
MAIL_DROP = HOUSE.path / "mail-in"  # a mail server may drop mails here as files
SMTP_URL = os.environ.get("KONTOR_SMTP_URL", "")  # empty: mails are files in the house's outbox
MAIL_FROM = os.environ.get("KONTOR_MAIL_FROM", "kontor@weserrad.example")
PROVIDER_URL = os.environ.get("KONTOR_PROVIDER_URL", "http://127.0.0.1:8404")
PUBLIC_URL = os.environ.get("KONTOR_PUBLIC_URL", "http://127.0.0.1:8400")
LIVE_URL = os.environ.get("KONTOR_LIVE_URL", "http://127.0.0.1:8403")
# The counter and the back office lead to each other for who may enter both.
DESK_URL = os.environ.get("KONTOR_DESK_URL", "")
BACK_URL = os.environ.get("KONTOR_BACK_URL", "")
# A house for show has a tour that needs no login and names some; a house in earnest has none.
TOUR = "kontor.config.demo.tour" if HOUSE.is_demo else ""
TASKS = {"default": {"BACKEND": "kontor.kernel.tasks.backend.ProcrastinateBackend"}}
