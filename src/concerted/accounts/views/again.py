"""Showing once more that it is she, before what somebody else could do at a device that was left open."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def again_first(request: HttpRequest) -> HttpResponse | None:
    """The way to show it, and from there back to this page; None while her sign-in is fresh."""
    if not is_reauthentication_required(request, app="allauth.account"):
        return None
    way = get_adapter(request).get_reauthentication_methods(request.user)[0]["url"]
    return redirect(f"{way}?{urlencode({'next': request.path})}")
