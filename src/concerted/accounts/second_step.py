"""The second step: whether this session took it, and how its secrets are kept."""

import base64
import ipaddress
import os
from typing import Any

import segno
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
#: Addresses under this ending belong to nobody; only people made for a demonstration have them.
_NOBODYS = ".example"


def is_taken(request: HttpRequest, person: Any) -> bool:
    """Whether this session passed a second step: an app's code, a spare code or a passkey. Reads the session only."""
    records = get_authentication_records(request, person)
    return any(record.get("method") == "mfa" for record in records) or is_demonstration(request, person)


def is_demonstration(request: HttpRequest, person: Any) -> bool:
    """Made-up people, on the machine itself. The name asked for can be forged, so the caller's address counts too."""
    if not settings.CONCERTED_DEMO or not (person.email or "").lower().endswith(_NOBODYS):
        return False
    host = request.get_host()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    try:
        near = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        near = False
    return near and name in _LOOPBACK_NAMES


def note_added(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """She has just shown that the app or key works, so this session need not ask for it again."""
    if authenticator.type != "recovery_codes":
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def _key() -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"concerted second step").derive(settings.SECRET_KEY.encode())


class StepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of the second step encrypted, and draws the picture for the app as plain SVG."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right, or it has run out. Type the newest one."),
        "cannot_generate_recovery_codes": gettext_lazy("Spare codes come with an app or a passkey. Add one first."),
    }

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(12)
        return base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.b64decode(encrypted_text)
        return AESGCM(_key()).decrypt(sealed[:12], sealed[12:], None).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code with attributes only: the page allows no style, inline or in a data address."""
        return segno.make(url, error="m").svg_inline(scale=5, border=3, light="#fff", dark="#000", svgclass="qr")

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return gettext("My key")

    def _get_site_name(self) -> str:
        return "Concerted"
