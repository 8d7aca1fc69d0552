"""Two promises kept on every answer: nothing is left behind in the browser, and whoever left is signed out."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from concerted.kit.device import mark_wiped

#: Set by the script of "Leave this page", so that leaving holds even when the server could not be reached then.
LEFT_COOKIE = "left"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    # Nothing is told to any other site. Not "no-referrer": with it browsers send our own forms as "Origin: null",
    # and the check against forged requests then refuses every one of them.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Answer = Callable[[HttpRequest], HttpResponse]


_KEPT = "_concerted_kept"


def keep_for_a_day(response: HttpResponseBase) -> None:
    """Let her own browser keep a picture or sound of the learning content, which is the same for everybody.

    Never a page, nor anything about a person: why, in docs/adr/0008.
    """
    setattr(response, _KEPT, True)


class SafetyHeadersMiddleware:
    """Stands outermost: the policy, no referrer, and nothing kept by the browser but static files and content."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        if not request.path.startswith(settings.STATIC_URL):
            # Set, not defaulted: a page kept by the browser can be read by the next person who holds the device.
            kept = getattr(response, _KEPT, False)
            response.headers["Cache-Control"] = "private, max-age=86400" if kept else "no-store"
        return response


class LeftMiddleware:
    """Stands right after the sessions: the first request with the cookie ends the session before it is answered."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        left = LEFT_COOKIE in request.COOKIES
        if left:
            request.session.flush()
        response = self.get_response(request)
        if left:
            response.delete_cookie(LEFT_COOKIE, samesite="Strict")
            # What a page that went away had no time to wipe goes now.
            mark_wiped(response)
        return response
