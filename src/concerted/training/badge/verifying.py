"""Checking a badge without a network: its signature, its days, and with a list at hand whether it was revoked."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt

from concerted.training.badge.keys import UnknownKey, public_of
from concerted.training.badge.status import BadList, is_set

#: A badge is some two thousand signs, a list at most some thirty thousand.
MOST = 200_000


class BadBadge(Exception):
    """The text is no badge that can be trusted; the message says why."""


@dataclass(frozen=True)
class Checked:
    """A badge whose signature is right. `state`: "good", "expired", "early" or "revoked"; `asked`: of a list."""

    issuer: str
    issuer_name: str
    name: str
    id: str
    since: datetime
    until: datetime | None
    state: str
    asked: bool


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a token whose signature fits the issuer it names. Raises `BadBadge`."""
    token = token.strip()
    if len(token) > MOST or token.count(".") != 2:
        raise BadBadge("This is no signed badge: a badge is one long line with two full stops in it.")
    try:
        claimed = jwt.decode(token, options={"verify_signature": False})
        issuer = claimed["iss"]
        options: Any = {"verify_exp": False, "verify_nbf": False, "verify_aud": False, "verify_iat": False}
        claims = jwt.decode(token, public_of(issuer), algorithms=["EdDSA"], options=options)
        named = claims["issuer"]
        if issuer != (named if isinstance(named, str) else named["id"]) or claims["jti"] != claims["id"]:
            raise BadBadge("The badge contradicts itself: it names two issuers or two addresses.")
    except UnknownKey as error:
        raise BadBadge("The issuer is not named by its key (did:key): the signature cannot be checked here.") from error
    except jwt.InvalidSignatureError as error:
        raise BadBadge("The signature does not fit: the badge was changed, or somebody else made it.") from error
    except (jwt.InvalidTokenError, KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise BadBadge("This is no signed badge: its parts cannot be read.") from error
    return claims


def check(token: str, *, at: datetime, status_list: str = "") -> Checked:
    """What a badge says, once its signature is right. `status_list`: the list its `credentialStatus` names, as served.

    Raises `BadBadge` for what is no badge, was changed, or comes with a list that is not its own or too old.
    """
    claims = claims_of(token)
    try:
        if "OpenBadgeCredential" not in claims["type"]:
            raise BadBadge("This is signed, but it is no Open Badges credential.")
        since, until = _moment(claims, "validFrom"), _moment(claims, "validUntil", needed=False)
        assert since is not None
        revoked = bool(status_list) and _revoked(claims, status_list, at)
        state = "early" if at < since else "expired" if until is not None and at >= until else "good"
        return Checked(
            claims["iss"],
            str(claims["issuer"]["name"]),
            str(claims["credentialSubject"]["achievement"]["name"]),
            str(claims["id"]),
            since,
            until,
            "revoked" if revoked else state,
            bool(status_list),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadBadge("The badge is signed, but parts of it are missing.") from error


def _moment(claims: dict[str, Any], name: str, *, needed: bool = True) -> datetime | None:
    if not needed and name not in claims:
        return None
    return datetime.fromisoformat(claims[name]).astimezone(UTC)


def _revoked(claims: dict[str, Any], status_list: str, at: datetime) -> bool:
    listed, entry = claims_of(status_list), claims["credentialStatus"]
    if listed["iss"] != claims["iss"] or listed["id"] != entry["statusListCredential"]:
        raise BadBadge("This list is not the one that the badge names. Take it from the address in the badge.")
    until = _moment(listed, "validUntil")
    if until is not None and at >= until:
        raise BadBadge("This list is too old. Take it anew from the address in the badge.")
    try:
        return is_set(listed["credentialSubject"]["encodedList"], int(entry["statusListIndex"]))
    except BadList as error:
        raise BadBadge("The list cannot be read.") from error
