from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import hooks
from concerted.directory.access import POSITION, STAFF
from concerted.directory.models import Agency, Person, Position, Profession, Territory
from concerted.kit import access
from concerted.kit.dates import in_words
from concerted.ledger.services import record

#: Nobody at work today started before; an earlier day is a slip of the hand.
EARLIEST = date(1950, 1, 1)
FURTHEST_AHEAD = timedelta(days=731)


class PositionRefused(Exception):
    """The position cannot stand so; the message says why and what to do."""


def _refuse_nonsense(agency: Agency, since: date, until: date | None, share: Decimal, at: datetime) -> None:
    if since < EARLIEST:
        raise PositionRefused(
            _("%(day)s is too long ago for somebody at work today. Check the year.") % {"day": in_words(since)}
        )
    if since > timezone.localdate(at) + FURTHEST_AHEAD:
        raise PositionRefused(_("%(day)s is more than two years ahead. Check the year.") % {"day": in_words(since)})
    if until is not None and until <= since:
        raise PositionRefused(_("A position must end after it starts. Write a later last day."))
    if not 0 < share <= 1:
        raise PositionRefused(_("The share of a full post must be above 0 and at most 1. Write 0.5 for half a post."))
    if agency.closed_on and (until is None or until > agency.closed_on):
        raise PositionRefused(
            _("This agency closed on %(day)s. Choose another, or a last day up to then.")
            % {"day": in_words(agency.closed_on)}
        )


def overlapping(
    person: Person, agency: Agency, profession: Profession, since: date, until: date | None
) -> Position | None:
    """A position of the same person in the same post that shares a day with these dates."""
    return all_overlapping(person, Position(agency=agency, profession=profession, since=since, until=until)).first()


def all_overlapping(person: Person, position: Position) -> QuerySet[Position]:
    """Every position of this person in the same post that shares a day with that one, the earliest first."""
    others = Position.objects.filter(person=person, agency=position.agency_id, profession=position.profession_id)
    others = others.filter(Q(until=None) | Q(until__gt=position.since))
    if position.until is not None:
        others = others.filter(since__lt=position.until)
    return others.order_by("since", "id")


@transaction.atomic
def hold_position(
    person: Person,
    agency: Agency,
    profession: Profession,
    *,
    since: date,
    until: date | None = None,
    stage: str = Position.Stage.IN_SERVICE,
    share: Decimal = Decimal(1),
    territory: Territory | None = None,
    by: Person | None,
    at: datetime,
) -> Position:
    """Write that she works there, as that, from that day on. Her territory is the agency's when none is given.

    Raises PositionRefused when she already holds the same post on any of these days, or when the dates make no sense.
    """
    if by is not None:
        access.allow(by, "C", STAFF, agency)
    _refuse_nonsense(agency, since, until, share, at)
    Person.objects.select_for_update().get(pk=person.pk)
    other = overlapping(person, agency, profession, since, until)
    if other is not None:
        raise PositionRefused(
            _("She already holds this post since %(day)s. End that position first, or choose a later day.")
            % {"day": in_words(other.since)}
        )
    position = Position.objects.create(
        person=person,
        agency=agency,
        profession=profession,
        territory=territory or agency.territory,
        since=since,
        until=until,
        stage=stage,
        share=share,
    )
    record("position held", by=by, object_kind="position", object_id=position.pk, about=person)
    person.__dict__.pop("works_at", None)
    hooks.tell_positions_changed([position.pk])
    return position


@transaction.atomic
def end_position(position: Position, until: date, *, by: Person | None, at: datetime) -> Position:
    """Write that the position ends; `until` is the first day she no longer holds it."""
    if by is not None:
        access.allow(by, "U", POSITION, position)
    position = Position.objects.select_for_update(of=("self",)).select_related("person").get(pk=position.pk)
    if position.until is not None and position.until <= timezone.localdate(at):
        raise PositionRefused(_("This position already ended on %(day)s.") % {"day": in_words(position.until)})
    if until <= position.since:
        raise PositionRefused(
            _("She started on %(day)s. The last day must come after it.") % {"day": in_words(position.since)}
        )
    position.until = until
    position.save(update_fields=["until"])
    record("position ended", by=by, object_kind="position", object_id=position.pk, about=position.person)
    hooks.tell_positions_changed([position.pk])
    return position
