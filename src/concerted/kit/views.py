"""The few pages of the kit itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt

from concerted.kit import gallery
from concerted.kit.device import remember_language
from concerted.kit.guards import after_answer, open_to_all


def local_path(request: HttpRequest, address: str, otherwise: str = "/") -> str:
    """`address` when it is a path of this site, else `otherwise`: nobody is sent away by a crafted link."""
    plain = address.isprintable() and address.startswith("/") and not address.startswith("//") and "\\" not in address
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if plain and safe else otherwise


# No token is asked for: the beacon of a page that goes away has none, and the worst a stranger does is sign her out.
@csrf_exempt
@open_to_all("Anybody may leave, at any time")
def leave(request: HttpRequest) -> HttpResponse:
    """End the session, empty what the browser will let us empty, and go to the neutral page. Nothing is logged.

    The script does not wait for this answer: it covers the page, sets the `left` cookie and goes by itself, so it works
    with the server down. Without script this plain link needs the server; when that is down too, the browser shows its
    own error page and she is signed out only after the session's time. That cannot be helped from here.
    """
    # flush(), not logout(): no signal, so no listener can write down that somebody left.
    if request.method == "POST":
        request.session.flush()
    else:
        after_answer(request, request.session.flush)
    response = HttpResponse(status=303, headers={"Location": settings.CONCERTED_EXIT_URL})
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in request.COOKIES:
        response.delete_cookie(name, samesite="Lax")
    return response


@open_to_all("The language is chosen before anything else can be read", methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language on this device and go back to where she was."""
    response = HttpResponseRedirect(local_path(request, request.POST.get("next", "")))
    response.status_code = 303
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        remember_language(response, code, secure=request.is_secure())
    return response


@open_to_all("It shows the parts pages are made of, and nobody's data", methods=("GET", "HEAD", "POST"))
def parts(request: HttpRequest) -> HttpResponse:
    """The component gallery: every part once, with the markup to copy. A POST shows a form with its errors."""
    return render(request, "kit/parts.html", gallery.context(request))


@open_to_all("Asked by whoever watches whether the server answers", methods=("GET", "HEAD"))
def healthz(request: HttpRequest) -> HttpResponse:
    """Says that the process answers; nothing about its state."""
    return HttpResponse("ok", content_type="text/plain")


@open_to_all("Browsers ask for it on their own", methods=("GET", "HEAD"))
def favicon(request: HttpRequest) -> HttpResponse:
    """The neutral drawing in the browser's tab."""
    return HttpResponseRedirect(static("kit/icon.svg"))
