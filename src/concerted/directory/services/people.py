from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from concerted.directory.hooks import tell_positions_changed
from concerted.directory.models import Agency, Person, Position, Profession, Territory
from concerted.directory.rows import POSITION
from concerted.kit import access
from concerted.ledger.services import record


class PersonRefused(Exception):
    """The person or position cannot stand as asked; the message says why and what to do."""


@transaction.atomic
def add_person(name: str, *, email: str | None = None, language: str = "", by: Person | None) -> Person:
    """Add a person, with or without an e-mail. Raises `PersonRefused` when another person uses the address."""
    try:
        with transaction.atomic():
            person = Person.objects.create(name=name, email=(email or "").lower() or None, language=language)
    except IntegrityError as error:
        raise PersonRefused(_("Another person uses this e-mail address.")) from error
    record("person added", by=by, object_kind="person", object_id=person.pk, about=person, words={"name": name})
    return person


@transaction.atomic
def hold_position(
    person: Person,
    agency: Agency,
    profession: Profession,
    *,
    since: date,
    until: date | None = None,
    territory: Territory | None = None,
    stage: str = Position.Stage.IN_SERVICE,
    share: Decimal | float = 1,
    by: Person | None,
) -> Position:
    """Give a person a position; her standing is computed in the same transaction.

    `territory` is the agency's when left out. Raises `PersonRefused` when she already holds the same post on one of these days.
    """
    position = Position(
        person=person,
        agency=agency,
        profession=profession,
        territory=territory or agency.territory,
        stage=stage,
        share=Decimal(str(share)),
        since=since,
        until=until,
    )
    if by is not None:
        access.allow(by, "C", POSITION, position)
    if until and until <= since:
        raise PersonRefused(_("The position ends before it starts. Write a later last day."))
    same = Position.objects.filter(person=person, agency=agency, profession=profession)
    overlap = same.filter(Q(until=None) | Q(until__gt=since))
    if until:
        overlap = overlap.filter(since__lt=until)
    if overlap.exists():
        raise PersonRefused(_("She already holds this position on some of these days. End that one first."))
    position.save()
    record("position held", by=by, object_kind="position", object_id=position.pk, about=person)
    tell_positions_changed([position.pk])
    return position


@transaction.atomic
def end_position(position: Position, *, on: date, by: Person | None) -> Position:
    """End a position: `on` is the first day she no longer holds it."""
    if by is not None:
        access.allow(by, "U", POSITION, position)
    if on <= position.since:
        raise PersonRefused(_("The position ends before it starts. Write a later last day."))
    position.until = on
    position.save(update_fields=["until"])
    record("position ended", by=by, object_kind="position", object_id=position.pk, about=position.person)
    tell_positions_changed([position.pk])
    return position
