"""The key this installation signs badges with, and public keys as a did:key and as a JWK."""

import base64
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from concerted.kit.secrets import keep_first

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: How an Ed25519 public key begins among all kinds of keys (multicodec 0xed, as a varint).
_ED25519 = b"\xed\x01"
_PREFIX = "did:key:z"
#: A did:key of this kind is 56 signs; decoding is slow in the length of what a stranger sends.
_MOST = 80


class UnknownKey(Exception):
    """The issuer is not a key of the kind we know."""


def key_file() -> Path:
    """Where the key is kept, readable by its owner only. Whoever has it can issue badges in this name."""
    return Path(settings.HOME) / "issuer.pem"


def issuer_key() -> Ed25519PrivateKey:
    """The key of this installation, made when it is first asked for."""
    file = key_file()
    if not file.exists():
        _make(file)
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def _make(file: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    keep_first(file, pem)


def _raw(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def did_of(public: Ed25519PublicKey) -> str:
    """The public key as a did:key.

    >>> did_of(Ed25519PublicKey.from_public_bytes(bytes(32)))
    'did:key:z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP'
    """
    number, digits = int.from_bytes(_ED25519 + _raw(public)), ""
    while number:
        number, digit = divmod(number, 58)
        digits = _ALPHABET[digit] + digits
    return f"{_PREFIX}{digits}"


def public_of(did: str) -> Ed25519PublicKey:
    """The public key that a did:key is. Raises `UnknownKey` for everything else."""
    if not did.startswith(_PREFIX) or len(did) > _MOST:
        raise UnknownKey(did[:_MOST])
    number = 0
    for sign in did[len(_PREFIX) :]:
        place = _ALPHABET.find(sign)
        if place < 0:
            raise UnknownKey(did)
        number = number * 58 + place
    decoded = number.to_bytes((number.bit_length() + 7) // 8)
    if not decoded.startswith(_ED25519) or len(decoded) != len(_ED25519) + 32:
        raise UnknownKey(did)
    return Ed25519PublicKey.from_public_bytes(decoded[len(_ED25519) :])


def jwk_of(public: Ed25519PublicKey) -> dict[str, str]:
    """The public key as a JSON Web Key (RFC 8037)."""
    x = base64.urlsafe_b64encode(_raw(public)).decode().rstrip("=")
    return {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "x": x}
