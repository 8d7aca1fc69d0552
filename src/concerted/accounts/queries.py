import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from concerted.accounts.models import AddressChange, Invitation, JoinCode, JoinRequest, ProgramKey, SignUp
from concerted.directory.access import filter_agencies
from concerted.directory.models import Agency
from concerted.directory.nearer import somebody_nearer
from concerted.kit.access import Reach


def hash_of(secret: str) -> str:
    """What is stored of a secret that went out in a letter."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person_of(email: str) -> Any:
    """The person with this address, however it is written, or None."""
    return get_user_model().objects.filter(email__iexact=email).first()


def has_account(person: Any) -> bool:
    """Whether she has ever been able to sign in: a password of her own, or a sign-in by code or passkey."""
    return bool(person.has_account)


def details_of(person: Any) -> dict[str, Any]:
    """What she may change about herself, as it stands."""
    return {"name": person.name, "language": person.language, "hidden": person.hidden}


def open_sign_up(secret: str, at: datetime.datetime) -> SignUp | None:
    """The unused, still valid sign-up this secret belongs to."""
    return SignUp.objects.filter(secret_hash=hash_of(secret), used_at=None, until__gt=at).first()


def open_address_change(person: Any, secret: str, at: datetime.datetime) -> AddressChange | None:
    """Her own unused, still valid change of address."""
    changes = AddressChange.objects.filter(person=person, used_at=None, until__gt=at)
    return changes.filter(secret_hash=hash_of(secret)).select_related("person").first()


def open_invitation(secret: str, at: datetime.datetime) -> Invitation | None:
    """The unused, still valid invitation this secret belongs to."""
    return (
        Invitation.objects.filter(secret_hash=hash_of(secret), used_at=None, until__gt=at)
        .select_related("agency", "profession")
        .first()
    )


def open_code(code: str, on: datetime.date) -> JoinCode | None:
    """The code as typed (spaces, dashes and small letters forgiven), if it works on that day."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return (
        JoinCode.objects.filter(code=plain, until__gte=on, ended_at=None, agency__closed_on=None)
        .select_related("agency__territory")
        .first()
    )


def works_somewhere(person: Any, on: datetime.date) -> bool:
    """Whether she holds a position, or has asked for one."""
    held = person.positions.filter(since__lte=on).filter(Q(until=None) | Q(until__gt=on))
    return held.exists() or person.join_requests.filter(state=JoinRequest.State.WAITING).exists()


def held_position(person: Any, agency: Agency, profession: Any, since: datetime.date) -> Any:
    """Her position as this profession at this agency on that day or any later one, or None."""
    held = person.positions.filter(agency=agency, profession=profession)
    return held.filter(Q(until=None) | Q(until__gt=since)).first()


def positions_of(person: Any, on: datetime.date) -> Any:
    """What she works as, and where, on that day."""
    held = person.positions.filter(since__lte=on).filter(Q(until=None) | Q(until__gt=on))
    return held.select_related("agency__territory", "profession__sector")


def open_agencies() -> QuerySet[Agency]:
    """Agencies that are not closed."""
    return Agency.objects.filter(closed_on=None).select_related("territory__parent")


def open_agency(public: Any) -> Agency | None:
    """One open agency by its public id, or None."""
    return open_agencies().filter(public=public).first()


def kept_agencies(reach: Reach, find: str = "") -> QuerySet[Agency]:
    """Agencies whose doors somebody keeps, those where people wait first; each with `waiting`, their number."""
    kept = filter_agencies(reach, agencies_named(find) if find else open_agencies())
    waiting = Count("join_requests", filter=Q(join_requests__state=JoinRequest.State.WAITING))
    return kept.annotate(waiting=waiting).order_by("-waiting", "name", "id")


def agencies_named(text: str) -> QuerySet[Agency]:
    """Open agencies whose name holds `text`; none for fewer than two letters."""
    found = open_agencies()
    return found.filter(name__icontains=text.strip()) if len(text.strip()) > 1 else found.none()


def own_requests(person: Any) -> QuerySet[JoinRequest]:
    """What she asked for, newest first."""
    return person.join_requests.select_related("agency", "profession__sector").order_by("-at")


def waiting_of(person: Any) -> QuerySet[JoinRequest]:
    """Her requests that wait for an answer."""
    return own_requests(person).filter(state=JoinRequest.State.WAITING)


def waiting_requests(agency: Agency, reach: Reach) -> QuerySet[JoinRequest]:
    """Who waits for an answer of this agency and may be seen within `reach`, longest first."""
    waiting = agency.join_requests.filter(state=JoinRequest.State.WAITING).select_related("person", "profession")
    if reach.everywhere:
        return waiting
    kept = Q(agency__in=filter_agencies(reach, Agency.objects.all()).order_by().values("pk"))
    return waiting.filter(kept | ~Q(somebody_nearer("agency__territory", "person")) if reach.unled else kept)


def open_codes(agency: Agency, on: datetime.date) -> QuerySet[JoinCode]:
    """The codes of an agency that work on that day."""
    return agency.join_codes.filter(until__gte=on, ended_at=None)


def waiting_invitations(agency: Agency, at: datetime.datetime) -> QuerySet[Invitation]:
    """Invitations not yet used that still hold."""
    return agency.invitations.filter(used_at=None, until__gt=at).select_related("profession")


def deciders_for(agency: Agency, territories: frozenset[int], on: datetime.date) -> list[Any]:
    """Who answers: the agency's managers; without one its territory's coordinators, then the national ones."""
    people = get_user_model().objects.filter(is_active=True)
    confirmed = Q(roles__confirmed_by__isnull=False) | Q(roles__by=None)
    now = confirmed & Q(roles__since__lte=on) & (Q(roles__until=None) | Q(roles__until__gt=on))
    for who in (
        Q(roles__role="manager", roles__scope_kind="agency", roles__scope_id=agency.pk),
        Q(roles__role="local_coordinator", roles__scope_kind="territory", roles__scope_id__in=territories),
        Q(roles__role="national_coordinator"),
    ):
        found = list(people.filter(now & who).distinct())
        if found:
            return found
    return []


def open_keys(person: Any, on: datetime.date) -> QuerySet[ProgramKey]:
    """Her keys for programs that open something on that day, newest first."""
    return person.program_keys.filter(ended_at=None, until__gte=on)


def open_key(secret: str, on: datetime.date) -> tuple[ProgramKey, bool] | None:
    """The key a program shows, if it opens on that day for somebody who may sign in, and whether she has a second
    step. One query, the same for a key that ended and for one that never was.
    """
    step = Authenticator.objects.filter(user=OuterRef("person")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    found = ProgramKey.objects.filter(digest=hash_of(secret), ended_at=None, until__gte=on, person__is_active=True)
    key = found.annotate(stepped=Exists(step)).first()
    return (key, key.stepped) if key is not None else None


@dataclass(frozen=True)
class SessionShown:
    """One of her sessions, as she would recognise it."""

    id: int
    device: str
    since: datetime.datetime
    current: bool


def _device(user_agent: str) -> str:
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    browser = next((name for sign, name in browsers if sign in user_agent), gettext("a browser"))
    system = next((name for sign, name in systems if sign in user_agent), gettext("an unknown device"))
    return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}


def sessions_of(person: Any, current_key: str | None, at: datetime.datetime) -> list[SessionShown]:
    """Her open sessions, this one first. Two queries, whatever their number."""
    kept = list(UserSession.objects.filter(user=person).order_by("-created_at"))
    keys = [one.session_key for one in kept]
    alive = set(Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list("session_key", flat=True))
    shown = [
        SessionShown(one.pk, _device(one.user_agent), one.created_at, one.session_key == current_key)
        for one in kept
        if one.session_key in alive
    ]
    return sorted(shown, key=lambda one: not one.current)
