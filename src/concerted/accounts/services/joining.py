"""Three ways into an agency: its code, a request that it answers, an invitation."""

import datetime
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concerted.accounts import letters, queries
from concerted.accounts.access import JOIN_DOOR, JOIN_REQUEST
from concerted.accounts.models import Invitation, JoinCode, JoinRequest
from concerted.accounts.services.sign_up import open_account_of
from concerted.directory.access import where_agency
from concerted.directory.models import Agency
from concerted.directory.services import hold_position
from concerted.kit import access
from concerted.ledger.services import record
from concerted.post.services import notify

INVITED_FOR = datetime.timedelta(days=14)
#: The same form again within this time is one press that went out twice, not a second wish.
SAME_PRESS = datetime.timedelta(minutes=1)


class CodeUnknown(Exception):
    def __init__(self) -> None:
        super().__init__(_("This code opens nothing. It may have run out: ask your agency for a new one."))


class AlreadyAsked(Exception):
    def __init__(self) -> None:
        super().__init__(_("You have already asked. The agency answers you here."))


class AlreadyInvited(Exception):
    def __init__(self) -> None:
        super().__init__(_("This invitation has just been sent. To send another letter, wait a minute and try again."))


class AlreadyAnswered(Exception):
    def __init__(self) -> None:
        super().__init__(_("This request was answered in the meantime."))


class NotYours(Exception):
    def __init__(self) -> None:
        super().__init__(_("This invitation went to another address. Sign in with that one, or ask for a new one."))


class InvitationOver(Exception):
    def __init__(self) -> None:
        super().__init__(_("This invitation was used or ended. Ask your agency for a new one."))


def _count_in(person: Any, agency: Any, profession: Any, since: datetime.date, at: datetime.datetime) -> Any:
    """Give her the position, unless she holds it already: a second click changes nothing."""
    held = queries.held_position(person, agency, profession, since)
    if held is not None:
        return held
    return hold_position(person, agency, profession, since=since, by=None, at=at)


@transaction.atomic
def join_by_code(code: str, *, profession: Any, by: Any, at: datetime.datetime) -> Any:
    """Count `by` in at the agency whose code this is, from today. Raises CodeUnknown alike for wrong and run out."""
    door = queries.open_code(code, timezone.localdate(at))
    if door is None:
        raise CodeUnknown
    position = _count_in(by, door.agency, profession, timezone.localdate(at), at)
    record("joined by code", by=by, object_kind="join_code", object_id=door.pk, about=by)
    return position


@transaction.atomic
def ask_to_join(agency: Any, *, profession: Any, since: datetime.date, by: Any, at: datetime.datetime) -> JoinRequest:
    """Keep the request and tell whoever answers it. Raises AlreadyAsked when one is waiting."""
    request = JoinRequest(person=by, agency=agency, profession=profession, since=since, at=at)
    access.allow(by, "C", JOIN_REQUEST, request)
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise AlreadyAsked from error
    record("asked to join", by=by, object_kind="join_request", object_id=request.pk, about=by)
    for decider in queries.deciders_for(agency, frozenset(where_agency(agency).territories()), timezone.localdate(at)):
        notify(
            decider,
            "join_asked",
            facts={"agency": agency.name},
            link=reverse("accounts:doors", args=[agency.public]),
            dedupe=f"join_asked:{request.pk}:{decider.pk}",
            at=at,
            mail=True,
        )
    return request


@transaction.atomic
def answer_request(request: JoinRequest, *, accept: bool, by: Any, at: datetime.datetime) -> JoinRequest:
    """Say yes or no, and tell her. Raises AlreadyAnswered when somebody was faster."""
    access.allow(by, "U", JOIN_REQUEST, request)
    state = JoinRequest.State.ACCEPTED if accept else JoinRequest.State.REFUSED
    waiting = JoinRequest.objects.filter(pk=request.pk, state=JoinRequest.State.WAITING)
    if not waiting.update(state=state, decided_by=by, decided_at=at):
        raise AlreadyAnswered
    request.refresh_from_db()
    if accept:
        _count_in(request.person, request.agency, request.profession, request.since, at)
    verb = "accepted a request to join" if accept else "refused a request to join"
    record(verb, by=by, object_kind="join_request", object_id=request.pk, about=request.person)
    notify(
        request.person,
        "join_accepted" if accept else "join_refused",
        facts={"agency": request.agency.name},
        link="/" if accept else reverse("accounts:where"),
        dedupe=f"join_answered:{request.pk}",
        at=at,
        mail=True,
    )
    return request


@transaction.atomic
def make_code(agency: Any, *, until: datetime.date, by: Any, at: datetime.datetime) -> JoinCode:
    """Make a code staff can join with until that day."""
    access.allow(by, "C", JOIN_DOOR, agency)
    code = JoinCode.objects.create(agency=agency, until=until, by=by)
    record("made a join code", by=by, object_kind="join_code", object_id=code.pk)
    return code


@transaction.atomic
def end_code(code: JoinCode, *, by: Any, at: datetime.datetime) -> None:
    """Make a code stop working at once; ending it twice changes nothing."""
    access.allow(by, "D", JOIN_DOOR, code)
    if JoinCode.objects.filter(pk=code.pk, ended_at=None).update(ended_at=at):
        record("ended a join code", by=by, object_kind="join_code", object_id=code.pk)


@transaction.atomic
def invite(agency: Any, emails: list[str], *, profession: Any, by: Any, at: datetime.datetime) -> list[Invitation]:
    """Invite each address once: one letter each, the same whether or not the address is known here.

    Inviting an address again ends the invitation before; only the newest e-mail works. Raises AlreadyInvited when the
    same form comes twice at once.
    """
    access.allow(by, "C", JOIN_DOOR, agency)
    Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    newest = agency.invitations.filter(by=by, at__gt=at - SAME_PRESS).order_by("-at").first()
    if newest is not None:
        together = agency.invitations.filter(by=by, at=newest.at, profession=profession)
        if sorted(together.values_list("email", flat=True)) == sorted(set(emails)):
            raise AlreadyInvited
    agency.invitations.filter(email__in=emails, used_at=None, until__gt=at).update(until=at)
    made = []
    for email in dict.fromkeys(emails):
        secret = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            agency=agency,
            profession=profession,
            email=email,
            secret_hash=queries.hash_of(secret),
            at=at,
            until=at + INVITED_FOR,
            by=by,
        )
        letters.write(
            "accounts/letters/invitation",
            to=email,
            language=get_language() or settings.LANGUAGE_CODE,
            context={"site_url": settings.SITE_URL, "secret": secret},
            at=at,
        )
        record("invited", by=by, object_kind="invitation", object_id=invitation.pk)
        made.append(invitation)
    return made


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Any, at: datetime.datetime) -> Any:
    """Count her in where she was invited. Raises NotYours for another address, InvitationOver for a used one."""
    if (by.email or "").lower() != invitation.email.lower():
        raise NotYours
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None, until__gt=at).update(used_at=at, used_by=by):
        raise InvitationOver
    position = _count_in(by, invitation.agency, invitation.profession, timezone.localdate(at), at)
    record("accepted an invitation", by=by, object_kind="invitation", object_id=invitation.pk, about=by)
    return position


@transaction.atomic
def join_as_new(invitation: Invitation, *, name: str, password: str, language: str, at: datetime.datetime) -> Any:
    """Make an invited person's account and count her in: the letter reached her, so the address is hers."""
    person = open_account_of(
        email=invitation.email, name=name, hashed=make_password(password), language=language, at=at
    )
    accept_invitation(invitation, by=person, at=at)
    return person
