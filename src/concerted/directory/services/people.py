from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import hooks
from concerted.directory.access import OWN_PROFILE, STAFF, STAFF_MEMBER
from concerted.directory.models import Person, Position, Role
from concerted.directory.queries.entered import address_shown
from concerted.directory.rules import can_be_read
from concerted.directory.services.entered import in_her_reach, keep_entered
from concerted.kit import access
from concerted.ledger.services import record


class PersonRefused(Exception):
    """She cannot be entered so; the message says why and what to do."""


class EmailTaken(PersonRefused):
    """Somebody else whose entry she keeps has this address. Who, is not told, and of others nothing at all."""


def tidy_email(email: str | None) -> str | None:
    """The address without blanks around it, or None. Raises PersonRefused for what is no address."""
    email = (email or "").strip()
    if not email:
        return None
    try:
        validate_email(email)
    except ValidationError:
        raise PersonRefused(
            _("“%(email)s” is not an e-mail address. Correct it or leave it out.") % {"email": email}
        ) from None
    return email


def _refuse_nameless(name: str) -> str:
    name = " ".join(name.split())
    if not can_be_read(name):
        raise PersonRefused(_("The name is missing. Write the person's name."))
    if len(name) > 160 or "\x00" in name:
        raise PersonRefused(_("This name is too long or holds characters that cannot be stored. Shorten it."))
    return name


def _reachable_at(email: str | None, *, by: Person | None, but: int = 0) -> str | None:
    """The address if it is nobody's yet. Raises EmailTaken for that of somebody whose entry `by` keeps.

    None for that of a person elsewhere: `by` must not learn that she is here (see `EnteredAddress`).
    """
    if email is None:
        return None
    kept = by is not None and in_her_reach(email, by, but=but)
    taken = Person.objects.filter(email__iexact=email).exclude(pk=but).exists()
    if kept or (taken and by is None):
        raise EmailTaken(_("This e-mail address cannot be used here. Leave it out, or use another."))
    return None if taken else email


@transaction.atomic
def add_person(*, name: str, email: str | None = None, language: str = "", by: Person | None, at: datetime) -> Person:
    """Enter a person, with or without e-mail. She holds no position yet. Raises PersonRefused or EmailTaken."""
    if by is not None:
        access.allow(by, "C", STAFF)
    name, email = _refuse_nameless(name), tidy_email(email)
    person = Person(name=name, email=_reachable_at(email, by=by), language=language, joined_at=at)
    person.set_unusable_password()
    person.save()
    if by is not None and email:
        keep_entered(person, email, by=by, at=at)
    record("person added", by=by, object_kind="person", object_id=person.pk, about=person)
    return person


@transaction.atomic
def change_person(
    person: Person, *, name: str, email: str | None, language: str, by: Person | None, at: datetime
) -> Person:
    """Correct the entry of one's own staff member. The address of somebody with an account is hers to change."""
    if by is not None:
        access.allow(by, "U", STAFF_MEMBER, person)
    email = tidy_email(email)
    # Locked and read again: she may sign in for the first time while the form lies open.
    person = Person.objects.select_for_update().get(pk=person.pk)
    name, reached, hers = _refuse_nameless(name), person.email, person.email is not None
    before = address_shown(person)
    other = email != before
    if other:
        _refuse_taking_over(person, timezone.localdate(at))
        reached = _reachable_at(email, by=by, but=person.pk)
        if by is not None:
            keep_entered(person, email, by=by, at=at)
    person = _store(person, name, reached, language, person.hidden, by)
    if other:
        hooks.tell_address_changed(person, before, hers)
    return person


def _refuse_taking_over(person: Person, on: date) -> None:
    """Whoever sets an address can have a code sent there: never for an account, nor for roles one does not hold."""
    if person.has_account:
        raise PersonRefused(_("She signs in with her address. Only she can change it."))
    if Role.objects.filter(Q(until=None) | Q(until__gt=on), person=person).exists():
        raise PersonRefused(_("She holds a role, or is about to. End it first, then correct the address."))


@transaction.atomic
def save_profile(person: Person, *, name: str, language: str, hidden: bool, by: Person, at: datetime) -> Person:
    """Keep her own name, language and whether colleagues may see her. Only she herself may."""
    access.allow(by, "U", OWN_PROFILE, person)
    return _store(person, _refuse_nameless(name), person.email, language, hidden, by)


@transaction.atomic
def keep_reading_language(person: Person, code: str, *, by: Person, at: datetime) -> Person:
    """Keep the language she reads texts in; "" for that of the pages. Only she herself may. Whether texts can be read
    in it is for who calls to know. No line in the ledger: what she reads in is nobody's business, and it may change
    with each page.
    """
    access.allow(by, "U", OWN_PROFILE, person)
    person.reads_in = code
    person.save(update_fields=["reads_in"])
    return person


def _store(person: Person, name: str, email: str | None, language: str, hidden: bool, by: Person | None) -> Person:
    spoke = person.language
    person.name, person.email, person.language, person.hidden = name, email, language, hidden
    person.save(update_fields=["name", "email", "language", "hidden"])
    record("person changed", by=by, object_kind="person", object_id=person.pk, about=person)
    if spoke != language:
        hooks.tell_positions_changed(Position.objects.filter(person=person).order_by("pk").values_list("pk", flat=True))
    return person
