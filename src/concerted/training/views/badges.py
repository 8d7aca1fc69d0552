"""Badges: her own as a file, and what a verifier asks for: the issuer, its key, and what was revoked."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from concerted.kit import access
from concerted.kit.guards import Request, open_to_all, reads
from concerted.training.access import CERTIFICATE
from concerted.training.badge.credential import CONTEXTS, sign
from concerted.training.badge.keys import did_of, issuer_key, jwk_of
from concerted.training.badge.status import status_list
from concerted.training.models import Certificate
from concerted.training.queries.badges import badge_of, issuer_name, list_address, revoked_in

VERIFIERS = "A verifier of badges asks for it without an account; it names nobody"


@reads(CERTIFICATE)
def badge(request: Request, code: str) -> HttpResponse:
    """Her certificate as an Open Badges credential, signed."""
    certificates = Certificate.objects.select_related("person", "module_version__module__document")
    certificate = access.fetch(request.user, "R", CERTIFICATE, certificates, code=code)
    if certificate.revoked_at:
        return redirect("training:record")
    answer = HttpResponse(sign(badge_of(certificate), issuer_key()), content_type="application/jwt")
    answer["Content-Disposition"] = 'attachment; filename="document.jwt"'
    return answer


@open_to_all(VERIFIERS, methods=("GET", "HEAD"))
def issuer(request: Request) -> HttpResponse:
    """Who issues badges here, and the key they are signed with."""
    public = issuer_key().public_key()
    profile: dict[str, Any] = {
        "@context": CONTEXTS,
        "id": did_of(public),
        "type": ["Profile"],
        "name": issuer_name(),
        "url": settings.SITE_URL,
        "jwks": {"keys": [jwk_of(public)]},
    }
    return JsonResponse(profile)


@open_to_all(VERIFIERS, methods=("GET", "HEAD"))
def keys(request: Request) -> HttpResponse:
    """The key badges are signed with, as a JSON Web Key Set."""
    return JsonResponse({"keys": [jwk_of(issuer_key().public_key())]}, content_type="application/jwk-set+json")


@open_to_all(VERIFIERS, methods=("GET", "HEAD"))
def revoked(request: Request, number: int) -> HttpResponse:
    """Which badges of a range were revoked: one bit each, signed anew at each call."""
    places = revoked_in(number)
    if places is None:
        raise Http404
    signed = status_list(list_address(number), places, issuer_key(), at=timezone.now())
    return HttpResponse(signed, content_type="application/vc+jwt")
