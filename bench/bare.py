"""The page everything is measured against: one session query, one user query, a small template, nothing else."""

from concerted.config.settings import *  # noqa: F403

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
_ABOVE = ("allauth", "concerted.accounts", "concerted.api", "concerted.desks", "concerted.packs")
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith(_ABOVE)]  # noqa: F405
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ROOT_URLCONF = "bench.bare_urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": ["bench"], "OPTIONS": {}}]
