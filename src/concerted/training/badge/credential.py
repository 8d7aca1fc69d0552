"""The credential itself, and its signature."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from concerted.training.badge.keys import did_of, jwk_of

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


@dataclass(frozen=True)
class Achievement:
    """What a badge is for, in the language `language`; `criteria`: what was asked, one line each."""

    id: str
    name: str
    description: str
    criteria: Sequence[str]
    language: str


@dataclass(frozen=True)
class Badge:
    """One badge. `id`: the page where it is checked.

    `identity`: what of its holder (`emailAddress` or `name`), and its words, which are hashed: whoever knows them can
    see that the badge is hers, whoever finds the file cannot read them.
    `status`: the address of the list that tells of revocation, and its place there.
    """

    id: str
    achievement: Achievement
    issuer_name: str
    issuer_url: str
    from_moment: datetime
    until: datetime | None
    identity: tuple[str, str]
    salt: str
    status: tuple[str, int]


def iso(moment: datetime) -> str:
    """A moment as credentials write it, in whole seconds of UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _subject(badge: Badge) -> dict[str, Any]:
    about = badge.achievement
    kind, words = badge.identity
    hashed = hashlib.sha256(f"{words}{badge.salt}".encode()).hexdigest()
    identity = {"type": "IdentityObject", "hashed": True, "salt": badge.salt, "identityType": kind}
    return {
        "type": ["AchievementSubject"],
        "identifier": [identity | {"identityHash": f"sha256${hashed}"}],
        "achievement": {
            "id": about.id,
            "type": ["Achievement"],
            "inLanguage": about.language,
            "name": about.name,
            "description": about.description,
            "criteria": {"narrative": "\n".join(about.criteria)},
        },
    }


def payload_of(badge: Badge, issuer: str) -> dict[str, Any]:
    """The claims of a badge: the credential's own members, and beside them those every JSON Web Token has."""
    address, place = badge.status
    claims: dict[str, Any] = {
        "@context": CONTEXTS,
        "id": badge.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.achievement.name,
        "issuer": {"id": issuer, "type": ["Profile"], "name": badge.issuer_name, "url": badge.issuer_url},
        "validFrom": iso(badge.from_moment),
        "credentialSubject": _subject(badge),
        "credentialStatus": {
            "id": f"{address}#{place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(place),
            "statusListCredential": address,
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "iss": issuer,
        "jti": badge.id,
        "nbf": int(badge.from_moment.timestamp()),
    }
    if badge.until is not None:
        claims |= {"validUntil": iso(badge.until), "exp": int(badge.until.timestamp())}
    return claims


def signed(claims: dict[str, Any], key: Ed25519PrivateKey) -> str:
    """The claims as a signed token; its head holds the public key, so that no address has to be asked for it."""
    return jwt.encode(claims, key, algorithm="EdDSA", headers={"jwk": jwk_of(key.public_key())})


def sign(badge: Badge, key: Ed25519PrivateKey) -> str:
    """The badge as a signed token."""
    return signed(payload_of(badge, did_of(key.public_key())), key)
