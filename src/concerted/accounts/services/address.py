"""Another e-mail address for an account. It counts from the click in the letter to it, never before."""

import datetime
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.accounts import letters, queries
from concerted.accounts.access import OWN_ACCOUNT
from concerted.accounts.models import AddressChange
from concerted.directory.services import ask_about_entries
from concerted.kit import access
from concerted.ledger.services import record

VALID_FOR = datetime.timedelta(days=1)


class ChangeOver(Exception):
    def __init__(self) -> None:
        super().__init__(_("This link was used before, or it is too old. Ask for the change once more."))


class AddressTaken(Exception):
    def __init__(self) -> None:
        super().__init__(_("This address cannot be used. Choose another, or ask your coordinator."))


def _belongs_to_another(email: str, person: Any) -> bool:
    other = queries.person_of(email)
    return other is not None and other.pk != person.pk


@transaction.atomic
def ask_for_address(person: Any, email: str, *, by: Any, at: datetime.datetime) -> AddressChange:
    """Write one letter to the new address. Whether it belongs to somebody changes the letter only."""
    access.allow(by, "U", OWN_ACCOUNT, person)
    secret = secrets.token_urlsafe(32)
    taken = _belongs_to_another(email, person)
    change = AddressChange.objects.create(
        person=person,
        email=email,
        secret_hash=queries.hash_of(secret),
        at=at,
        until=at if taken else at + VALID_FOR,
    )
    record("asked for another address", by=by, object_kind="person", object_id=person.pk, about=person)
    letters.write(
        "accounts/letters/known" if taken else "accounts/letters/address",
        to=email,
        language=person.language or settings.LANGUAGE_CODE,
        context={"site_url": settings.SITE_URL, "secret": secret},
        at=at,
    )
    return change


@transaction.atomic
def take_address(change: AddressChange, *, here: str | None = None, by: Any, at: datetime.datetime) -> None:
    """Let the new address count, tell the old one, and end her sessions but the one with the key `here`.

    Raises ChangeOver or AddressTaken.
    """
    access.allow(by, "U", OWN_ACCOUNT, change.person)
    if not AddressChange.objects.filter(pk=change.pk, used_at=None, until__gt=at).update(used_at=at):
        raise ChangeOver
    person = change.person
    if _belongs_to_another(change.email, person):
        raise AddressTaken
    before = person.email
    get_user_model().objects.filter(pk=person.pk).update(email=change.email)
    follow_address(person, before, here=here, at=at)
    EmailAddress.objects.create(user=person, email=change.email, verified=True, primary=True)
    person.email = change.email
    ask_about_entries(person, at=at)
    record("changed her address", by=by, object_kind="person", object_id=person.pk, about=person)


def follow_address(
    person: Any, before: str | None, hers: bool = True, *, here: str | None = None, at: datetime.datetime | None = None
) -> None:
    """Whoever changed her address: the old one opens nothing any more, is told so, and sessions begun with it end.

    One that was entered for her and belongs to somebody else (`hers` False) is not told: its letter is over as soon as
    it is written, so that whoever takes the address off again cannot tell from the time it takes whose it is.
    """
    at = at or timezone.now()
    EmailAddress.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person).exclude(session_key=here or ""):
        session.end()
    if before:
        letters.write(
            "account/email/email_changed",
            to=before,
            language=person.language or settings.LANGUAGE_CODE,
            context={"site_url": settings.SITE_URL},
            at=at,
            until=None if hers else at,
        )
