"""What is known of the device she holds: whether others use it too, and whether something is kept on it."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: In the session: she said at sign-in that this is a shared device.
SHARED = "shared_device"
#: On the device, readable by script: something is kept here, which signing out must not drop unasked.
KEPT_COOKIE = "kept"


def is_shared(request: HttpRequest) -> bool:
    """Whether she said at sign-in that others use this device."""
    return bool(request.session.get(SHARED))


def keeps(request: HttpRequest) -> bool:
    """Whether something was kept on this device that has not been wiped since."""
    return KEPT_COOKIE in request.COOKIES


def mark_keeping(response: HttpResponseBase, *, days: int, secure: bool) -> None:
    """Have the device remember that something is kept on it; the name says nothing of what."""
    response.set_cookie(KEPT_COOKIE, "1", max_age=days * 24 * 3600, samesite="Strict", secure=secure)


def mark_wiped(response: HttpResponseBase) -> None:
    """Nothing is kept on it any more; the browser is asked to empty what it holds of this site."""
    response.delete_cookie(KEPT_COOKIE, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def remember_language(response: HttpResponseBase, code: str, *, secure: bool) -> None:
    """Keep the language of the pages on this device."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        httponly=True,
        secure=secure,
    )
