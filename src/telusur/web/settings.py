"""Django's settings, from the environment alone. Every variable is listed in docs/operating.md.

TELUSUR_DATA (folder), DATABASE_URL (PostgreSQL), TELUSUR_SECRET, TELUSUR_DEBUG, TELUSUR_HOSTS, TELUSUR_HTTPS,
TELUSUR_PROXIES, TELUSUR_TIME_ZONE, TELUSUR_OFFICE, TELUSUR_CONTACT, TELUSUR_REGISTRY (with _USER, _PASSWORD),
TELUSUR_WEBHOOKS_LOCALHOST.
Without any of them one office runs on SQLite below `./data`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from telusur.web.database import database_from, secret_from

SOURCE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("TELUSUR_DATA", "data")).resolve()
MEDIA_ROOT = DATA / "media"

DEBUG = os.environ.get("TELUSUR_DEBUG") == "1"
SECRET_KEY = secret_from(os.environ.get("TELUSUR_SECRET"), DATA)
ALLOWED_HOSTS = os.environ.get("TELUSUR_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
HTTPS = os.environ.get("TELUSUR_HTTPS") == "1"
# How many proxies of the office's own stand in front: whose address a limit counts (words/caller.py).
TRUSTED_PROXIES = int(os.environ.get("TELUSUR_PROXIES", "0") or 0)

OFFICE_NAME = os.environ.get("TELUSUR_OFFICE", "Dinas Koperasi")
OFFICE_CONTACT = os.environ.get("TELUSUR_CONTACT", "")
# The national registry's interface: off unless the office sets an address of its own.
REGISTRY_ADDRESS = os.environ.get("TELUSUR_REGISTRY", "")
REGISTRY_USER = os.environ.get("TELUSUR_REGISTRY_USER", "")
REGISTRY_PASSWORD = os.environ.get("TELUSUR_REGISTRY_PASSWORD", "")
# Webhooks go to the open internet by TLS alone; a demo may name this machine.
WEBHOOKS_TO_LOCALHOST = os.environ.get("TELUSUR_WEBHOOKS_LOCALHOST") == "1"

DATABASES: dict[str, dict[str, Any]] = {"default": database_from(os.environ.get("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "telusur.areas",
    "telusur.people",
    "telusur.journal",
    "telusur.laws",
    "telusur.register",
    "telusur.intake",
    "telusur.addresses",
    "telusur.matching",
    "telusur.rounds",
    "telusur.standing",
    "telusur.planning",
    "telusur.visits",
    "telusur.oversight",
    "telusur.notices",
    "telusur.corrections",
    "telusur.selfreport",
    "telusur.merah_putih",
    "telusur.opendata",
    "telusur.dashboards",
    "telusur.api",
    "telusur.phone",
    "telusur.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "telusur.web.language.SwitchedLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "telusur.web.pages.faults.way_back",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "telusur.web.urls"
WSGI_APPLICATION = "telusur.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "telusur.web.context.house",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "telusur.web.pages.signing.locked_out"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "telusur.web.pages.signing.address_of"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "neraca"
LOGOUT_REDIRECT_URL = "public-search"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "web" / "locale"]
TIME_ZONE = os.environ.get("TELUSUR_TIME_ZONE", "Asia/Makassar")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Whether the office's other subdomains are HTTPS too, and whether its domain goes into browsers' lists, is not ours to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
