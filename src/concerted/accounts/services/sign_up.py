"""From "I want an account" to an account. Nothing is attached to a person before the address is confirmed."""

import datetime
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from concerted.accounts import letters, queries
from concerted.accounts.models import SignUp
from concerted.directory.services import add_person, ask_about_entries
from concerted.ledger.services import record

VALID_FOR = datetime.timedelta(days=2)
#: The same form again within this time is one press that went out twice: one letter answers both.
SAME_PRESS = datetime.timedelta(minutes=1)


class SignUpUsed(Exception):
    def __init__(self) -> None:
        super().__init__(_("This link was used before. Sign in with your e-mail and the password you chose."))


class AccountThere(Exception):
    def __init__(self) -> None:
        super().__init__(_("You have an account already. Sign in, or have a code sent if you forgot the password."))


@transaction.atomic
def ask_for_account(*, name: str, email: str, password: str, language: str, at: datetime.datetime) -> SignUp:
    """Keep the wish and write one letter. Whether the address has an account changes the letter only:
    the same rows, the same hashing, the same answer.
    """
    before = SignUp.objects.filter(email=email, name=name, language=language, at__gt=at - SAME_PRESS).first()
    if before is not None and before.used_at is None and check_password(password, before.password):
        return before
    secret = secrets.token_urlsafe(32)
    hashed = make_password(password)
    person = queries.person_of(email)
    known = person is not None and queries.has_account(person)
    sign_up = SignUp.objects.create(
        email=email,
        name=name,
        password=hashed,
        language=language,
        secret_hash=queries.hash_of(secret),
        at=at,
        until=at if known else at + VALID_FOR,
    )
    record("asked for an account", by=None, object_kind="sign_up", object_id=sign_up.pk)
    letters.write(
        "accounts/letters/known" if known else "accounts/letters/confirm",
        to=email,
        language=language,
        context={"site_url": settings.SITE_URL, "secret": secret, "name": name},
        at=at,
    )
    return sign_up


def knows_password(sign_up: SignUp, password: str) -> bool:
    """Whether this is the password chosen at sign-up: whoever opens the letter elsewhere shows that it was her."""
    return check_password(password, sign_up.password)


@transaction.atomic
def open_account(sign_up: SignUp, *, at: datetime.datetime) -> Any:
    """Turn a confirmed sign-up into an account: of the person who has this address already, else of a new person.

    Raises SignUpUsed on a second try, AccountThere when an account came to be in the meantime.
    """
    if not SignUp.objects.filter(pk=sign_up.pk, used_at=None, until__gt=at).update(used_at=at):
        raise SignUpUsed
    return open_account_of(
        email=sign_up.email, name=sign_up.name, hashed=sign_up.password, language=sign_up.language, at=at
    )


def open_account_of(*, email: str, name: str, hashed: str, language: str, at: datetime.datetime) -> Any:
    """Give the person with this confirmed address an account; the caller has proved that the address is hers."""
    person = queries.person_of(email)
    if person is not None and queries.has_account(person):
        raise AccountThere
    if person is None:
        person = add_person(name=name, email=email, language=language, by=None, at=at)
    get_user_model().objects.filter(pk=person.pk).update(password=hashed, language=language, email=email)
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    person.refresh_from_db()
    record("opened an account", by=person, object_kind="person", object_id=person.pk, about=person)
    ask_about_entries(person, at=at)
    return person
