"""Every setting, each read and explained once. Variables of the environment are listed first."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF

from config.database import connection, embedded_url

django_stubs_ext.monkeypatch()  # lets generic forms and querysets name their model

ROOT = Path(__file__).resolve().parent.parent


def _flag(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default) == "1"


# --- Variables of the environment ------------------------------------------------------------
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))  # data of the embedded server, uploads, mail
DATABASE_URL = os.environ.get("DATABASE_URL", "")  # empty: the embedded server
DATABASE_NAME = os.environ.get("DATABASE_NAME", "thidua")  # its database on the embedded server
DEBUG = _flag("DEBUG")  # engineers only
DEMO = _flag("DEMO")  # demonstration: known logins work, the day may be chosen
DEMO_DAY = date.fromisoformat(os.environ.get("DEMO_DAY", "2020-08-10"))  # “today” in demonstration
SECURE = _flag("SECURE")  # served over HTTPS: secure cookies, HSTS, redirect
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
EMAIL_URL = os.environ.get("EMAIL_HOST", "")  # empty: notices stay in the application
SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "http://127.0.0.1:8000")  # in e-mails and QR codes
PROVINCE = os.environ.get("PROVINCE", "")  # whose own rules are asked besides the law, as texts/ name it
CLAMD_SOCKET = os.environ.get("CLAMD_SOCKET", "")  # virus scanner; empty: uploads stay unscanned


def _secret_key() -> str:
    """SECRET_KEY, else one made on the first start and kept beside the data, never in the repository."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    from django.core.management.utils import get_random_secret_key

    kept = VAR / "secret-key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(get_random_secret_key())
    return kept.read_text()


SECRET_KEY = _secret_key()
BALLOT_KEY = os.environ.get("BALLOT_KEY", SECRET_KEY)  # what the server's part of ballot keys lies under
BALLOT_TSA = os.environ.get("BALLOT_TSA", "")  # address of an RFC 3161 authority; empty: no time stamps
BALLOT_TSA_CA = os.environ.get("BALLOT_TSA_CA", "")  # PEM file of its root certificates

# --- The areas, from the ground up (design: code points down) ----------------------------------
AREAS = [
    "thidua.base.ui",
    "thidua.base.accounts",
    "thidua.base.audit",
    "thidua.base.files",
    "thidua.base.sheets",
    "thidua.base.notices",
    "thidua.organisations",
    "thidua.rulebook",
    "thidua.honours",
    "thidua.records",
    "thidua.documents",
    "thidua.voting",
    "thidua.emulation.clusters",
    "thidua.emulation.movements",
    "thidua.emulation.exemplars",
    "thidua.emulation.results",
    "thidua.emulation.scoring",
    "thidua.emulation.conferences",
    "thidua.commendation.eligibility",
    "thidua.commendation.nominations",
    "thidua.portal",
    "thidua.desk",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "template_partials",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "pgtrigger",
    "pghistory",
    "csp",
    "procrastinate.contrib.django",
    *AREAS,
    "django.forms",  # after base.ui, whose widgets come first
    "demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "thidua.base.accounts.middleware.OwnWorkOnly",
    "thidua.base.accounts.middleware.DemonstrationDay",
    "thidua.base.accounts.middleware.OwnPasswordFirst",
    "thidua.organisations.middleware.ActorOfRequest",
    "thidua.organisations.middleware.SecondFactorFirst",
    "thidua.base.audit.middleware.RefusalsAsPages",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "csp.context_processors.nonce",
                "thidua.base.ui.context.frame",
                "thidua.desk.context.desk",
            ],
            "builtins": ["thidua.base.ui.templatetags.ui"],
        },
    },
]
FORM_RENDERER = "thidua.base.ui.renderer.Renderer"

# --- Data --------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": connection(DATABASE_URL or embedded_url(VAR / "postgres", DATABASE_NAME)),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR / "files"  # uploads: outside the web root, streamed by a view that asks permission

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # each area's background work

# --- People and sign-in ------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "thidua.base.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "60/m/ip"}
MFA_ADAPTER = "thidua.base.accounts.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day

# --- Language, time ----------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- Files we serve ----------------------------------------------------------------------------
STATIC_URL = "/tinh/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a pasted grid
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Safety ------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for all subdomains, and
    "security.W021",  # preloading: promises for a whole domain are its owner's to make
]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
CSRF_FAILURE_VIEW = "thidua.base.ui.errors.stale_form"

# --- Mail --------------------------------------------------------------------------------------
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_URL
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = EMAIL_URL
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "thidua@localhost")

# --- Log ---------------------------------------------------------------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
