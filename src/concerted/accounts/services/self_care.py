"""What a person does with her own account."""

import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from concerted.accounts.access import OWN_ACCOUNT
from concerted.accounts.models import AddressChange, Invitation, ProgramKey, SignUp
from concerted.kit import access
from concerted.ledger.services import record


@transaction.atomic
def end_sessions(person: Any, session_ids: list[int], *, by: Any, at: datetime.datetime) -> int:
    """End those of her sessions; ids of other people's sessions end nothing. Returns how many ended."""
    access.allow(by, "U", OWN_ACCOUNT, person)
    ended = 0
    for session in UserSession.objects.filter(user=person, pk__in=session_ids):
        session.end()
        ended += 1
    if ended:
        record("ended own sessions", by=by, object_kind="person", object_id=person.pk, about=person)
    return ended


@transaction.atomic
def forget_what_is_over(*, at: datetime.datetime) -> None:
    """Drop what nobody can use any more: sign-ups and sessions that ran out, invitations and
    keys for programs a quarter of a year later.
    """
    SignUp.objects.filter(until__lt=at).delete()
    AddressChange.objects.filter(until__lt=at).delete()
    Invitation.objects.filter(until__lt=at - datetime.timedelta(days=90)).delete()
    long_ago = at - datetime.timedelta(days=90)
    ProgramKey.objects.filter(Q(ended_at__lt=long_ago) | Q(until__lt=timezone.localdate(long_ago))).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
