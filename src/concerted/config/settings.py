"""The one settings file. Everything that differs between installations comes from the environment.

CONCERTED_HOME            where the database file, uploads and logs live (default: ./var)
DATABASE_URL              sqlite:///... or postgres://... (default: SQLite under CONCERTED_HOME)
SECRET_KEY                made and kept under CONCERTED_HOME when not given
CONCERTED_SITE_URL        the address people open, used in mail (default: http://localhost:8000)
CONCERTED_BEHIND_PROXY    1 when a web server on this machine stands in front; else the addresses of those that do
ALLOWED_HOSTS             names this server answers to (default: that of CONCERTED_SITE_URL, and localhost)
CSRF_TRUSTED_ORIGINS      origins whose forms are taken (default: CONCERTED_SITE_URL)
CONCERTED_EXIT_URL        where "Leave this page" goes (default: a neutral, unpersonalised page)
CONCERTED_CONTENT         where the content packs lie (default: the folder `content` beside the code)
CONCERTED_EXAMPLES        where the plan files lie that plans begin from (default: `examples` beside the code)
CONCERTED_DEMO            1 on the demonstration response; loopback only
CONCERTED_IDLE_MINUTES    minutes without a click after which a session ends (default: 15)
CONCERTED_LEASE_SECONDS   seconds a worker may be silent before its task is given to another (default: 30)
CONCERTED_HAND_OVER_SECONDS  seconds after which a letter that was taken and not marked is sent anew (default: 300)
CONCERTED_PSEUDO          development only: long or mirrored, a made-up language on every page
EMAIL_URL                 smtp://user:password@host:port (default: printed to the console)
CONCERTED_MAIL_FROM       who letters come from (default: Concerted <concerted@localhost>)
STATIC_ROOT               where the collected static files lie (default: the folder `static` in CONCERTED_HOME)
TIME_ZONE                 where the days of deadlines begin (default: UTC)
"""

import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.utils.translation import gettext_lazy as _

from concerted.kit.forwarded import trusted
from concerted.kit.secrets import keep_first

env = environ.Env()
HOME = Path(env.str("CONCERTED_HOME", "var")).absolute()
PACKAGE = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

# For the owner alone, before anything lies in it: names of staff are no business of the machine's other accounts.
try:
    HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as error:
    sys.exit(f"{HOME} cannot be the folder of this response: {error.strerror}. Name another one in CONCERTED_HOME.")


def _kept_secret() -> str:
    """A secret made at first start and kept beside the database, readable by the owner only."""
    file = HOME / "secret"
    if not file.exists():
        keep_first(file, secrets.token_urlsafe(50).encode())
    return file.read_text().strip()


SECRET_KEY = env.str("SECRET_KEY", "") or _kept_secret()
DEBUG = False
SITE_URL = env.str("CONCERTED_SITE_URL", "http://localhost:8000").rstrip("/")
_SITE = urlsplit(SITE_URL)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=[_SITE.hostname or "localhost", "localhost", "127.0.0.1", *(["testserver"] if TESTING else [])],
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[f"{_SITE.scheme}://{_SITE.netloc}"])
SECURE = _SITE.scheme == "https"
#: Whose word on the caller's address and scheme is taken; with nobody here such headers are dropped unread.
CONCERTED_PROXIES = trusted(env.str("CONCERTED_BEHIND_PROXY", ""))
# ForwardedMiddleware leaves this header on requests of those proxies only.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "concerted.api",
    "concerted.desks",
    "concerted.packs",
    "concerted.planning",
    "concerted.training",
    "concerted.accounts",
    "concerted.capacity",
    "concerted.practice",
    "concerted.text",
    "concerted.directory",
    "concerted.ledger",
    "concerted.post",
    "concerted.jobs",
    "concerted.kit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "concerted.kit.middleware.SafetyHeadersMiddleware",
    "concerted.kit.forwarded.ForwardedMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "concerted.kit.compressing.PagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "concerted.kit.middleware.LeftMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "concerted.accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "concerted.config.urls"
WSGI_APPLICATION = "concerted.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "concerted.desks.frame.frame",
            ],
            "builtins": ["concerted.kit.templatetags.kit", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "concerted.kit.forms.Renderer"


def _database() -> dict[str, Any]:
    try:
        told: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{HOME / 'concerted.sqlite3'}")
    except ValueError:
        told = {}
    if "ENGINE" not in told:
        # Not what stands there: it may hold a password.
        sys.exit("DATABASE_URL cannot be read. Write sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME.")
    return told


DATABASES = {"default": _database()}
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"].endswith("sqlite3"):
    # One writer at a time, taken at BEGIN, so nobody meets "database is locked" half-way; FULL survives a power cut.
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-16000;",
    }
    DATABASE["CONN_MAX_AGE"] = None
    DATABASE["TEST"] = {"NAME": str(HOME / "test.sqlite3") if env.bool("TEST_ON_DISK", False) else None}
else:
    DATABASE["CONN_MAX_AGE"] = 600
    DATABASE["CONN_HEALTH_CHECKS"] = True
    DATABASE.setdefault("OPTIONS", {})["options"] = "-c lock_timeout=10000 -c jit=off"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.Person"
AUTHENTICATION_BACKENDS = ["concerted.accounts.backend.Backend"]
PASSWORD_HASHERS = ["concerted.accounts.passwords.Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

SESSION_ENGINE = "concerted.accounts.session"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
if SECURE:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    # Sent by SafetyHeadersMiddleware.
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")]
LANGUAGES_BIDI = ["ar", "he", "fa", "ur", "qpr"]
#: Development only: "long" or "mirrored" has every page speak a made-up language; see kit/pseudo.py.
CONCERTED_PSEUDO = env.str("CONCERTED_PSEUDO", "")
if CONCERTED_PSEUDO:
    _LOCALE = MIDDLEWARE.index("django.middleware.locale.LocaleMiddleware")
    MIDDLEWARE.insert(_LOCALE + 1, "concerted.kit.pseudo.PseudoMiddleware")
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "UTC")

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(HOME / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING
MEDIA_ROOT = HOME / "files"
CONTENT_ROOT = Path(env.str("CONCERTED_CONTENT", str(PACKAGE.parents[1] / "content")))
EXAMPLES_ROOT = Path(env.str("CONCERTED_EXAMPLES", str(PACKAGE.parents[1] / "examples")))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("CONCERTED_MAIL_FROM", "Concerted <concerted@localhost>")

# allauth: sign-in by e-mail; whether an address has an account is never told.
ACCOUNT_ADAPTER = "concerted.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# An account only comes to be when its address was confirmed (accounts/services/sign_up.py).
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Django's own, which asks no further question: a known and an unknown address cost the same.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_RATE_LIMITS = {
    "signup": "20/m/ip,5/h/key",
    "join_code": "10/h/user",
    "certificate_check": "30/m/ip",
    # Programs, as signing in: what an address asks in all, and how often with a key that opens nothing.
    "program": "30/m/ip",
    "program_failed": "10/m/ip",
}
ACCOUNT_FORMS = {
    "login": "concerted.accounts.forms.signing.LoginForm",
    "request_login_code": "concerted.accounts.forms.signing.AskCodeForm",
    "confirm_login_code": "concerted.accounts.forms.signing.CodeForm",
    "reset_password": "concerted.accounts.forms.signing.ResetForm",
    "reset_password_from_key": "concerted.accounts.forms.signing.NewPasswordForm",
    "change_password": "concerted.accounts.forms.signing.ChangePasswordForm",
    "set_password": "concerted.accounts.forms.signing.SetPasswordForm",
    "reauthenticate": "concerted.accounts.forms.signing.AgainForm",
}
MFA_ADAPTER = "concerted.accounts.second_step.StepAdapter"
MFA_FORMS = {
    "authenticate": "concerted.accounts.forms.second_step.StepForm",
    "reauthenticate": "concerted.accounts.forms.second_step.StepAgainForm",
    "activate_totp": "concerted.accounts.forms.second_step.AppForm",
    "add_webauthn": "concerted.accounts.forms.second_step.PasskeyForm",
    "edit_webauthn": "concerted.accounts.forms.second_step.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Concerted"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

CONCERTED_EXIT_URL = env.str("CONCERTED_EXIT_URL", "https://www.wikipedia.org/")
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # unique without regard to case, by a constraint of its own
    "models.W040",  # columns that an index only carries along: PostgreSQL reads them there, SQLite does without
]
CONCERTED_DEMO = env.bool("CONCERTED_DEMO", False)
CONCERTED_SECOND_STEP_URL = "mfa_index"
#: The page of what a device keeps, where signing out leads to when something was not sent yet.
CONCERTED_KEPT_URL = "training:kept"
CONCERTED_IDLE_MINUTES = env.int("CONCERTED_IDLE_MINUTES", 15)
CONCERTED_LEASE_SECONDS = env.float("CONCERTED_LEASE_SECONDS", 30)  # a worker silent for longer loses its task
# A letter that a worker took and did not mark comes up again after so long: longer than any hand-over takes.
CONCERTED_HAND_OVER_SECONDS = env.float("CONCERTED_HAND_OVER_SECONDS", 300)
CONCERTED_NAME = _("Concerted")
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # No addresses, no query strings, no local variables, no words of a database: a log must not tell who read what.
    "formatters": {"bare": {"()": "concerted.kit.logs.BareFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "bare"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
