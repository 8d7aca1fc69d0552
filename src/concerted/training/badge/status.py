"""The list that tells which badges were revoked: one bit a badge, packed, signed."""

import base64
import gzip
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from concerted.training.badge.credential import CONTEXTS, iso, signed
from concerted.training.badge.keys import did_of

#: Bits in a list: the least the standard allows, so that a place in it tells nothing about few people.
SIZE = 131_072
#: Another issuer's list may be longer, but not so long that unpacking it fills the memory.
LARGEST = 32 * SIZE
#: A list older than this is refused, so that nobody shows one from before a revocation.
GOOD_FOR = timedelta(days=1)


class BadList(Exception):
    """The list cannot be read."""


def pack(places: Iterable[int]) -> str:
    """The bits at these places set, compressed, as text.

    >>> is_set(pack([0, 9]), 9), is_set(pack([0, 9]), 8)
    (True, False)
    """
    bits = bytearray(SIZE // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def is_set(packed: str, place: int) -> bool:
    """Whether the bit at a place of a packed list is set. Raises `BadList`."""
    try:
        raw = base64.urlsafe_b64decode(packed.removeprefix("u") + "=" * (-(len(packed) - 1) % 4))
        unpacking = zlib.decompressobj(wbits=31)
        bits = unpacking.decompress(raw, LARGEST // 8)
    except (ValueError, zlib.error) as error:
        raise BadList from error
    if not unpacking.eof or not 0 <= place < len(bits) * 8:
        raise BadList
    return bool(bits[place // 8] & 0x80 >> place % 8)


def status_list(address: str, places: Iterable[int], key: Ed25519PrivateKey, *, at: datetime) -> str:
    """The signed list served at an address."""
    issuer = did_of(key.public_key())
    claims = {
        "@context": CONTEXTS[:1],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": iso(at),
        "validUntil": iso(at + GOOD_FOR),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": pack(places),
        },
        "iss": issuer,
        "jti": address,
        "nbf": int(at.timestamp()),
        "exp": int((at + GOOD_FOR).timestamp()),
    }
    return signed(claims, key)
