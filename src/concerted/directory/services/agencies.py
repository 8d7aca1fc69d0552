from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.directory import hooks
from concerted.directory.access import ESTABLISHMENT, PLACES
from concerted.directory.models import Agency, Establishment, Person, Position, Profession, Sector, Territory
from concerted.directory.rules import can_be_read
from concerted.directory.services.positions import EARLIEST, FURTHEST_AHEAD
from concerted.kit import access, digits
from concerted.kit.dates import in_words
from concerted.ledger.services import record


class AgencyRefused(Exception):
    """The agency cannot be changed so; the message says why and what to do."""


def agency_name(name: str, territory: Territory) -> str:
    """The name as it is stored. Raises AgencyRefused when it is empty or works in the territory already."""
    name = " ".join(name.split())
    if not can_be_read(name):
        raise AgencyRefused(_("Give the agency a name."))
    if Agency.objects.filter(territory=territory, name=name).exists():
        raise AgencyRefused(
            _("“%(name)s” already works in %(place)s. Open that entry, or choose another name.")
            % {"name": name, "place": territory.name}
        )
    return name


@transaction.atomic
def add_agency(
    name: str,
    *,
    sector: Sector,
    territory: Territory,
    by: Person | None,
    at: datetime,
    entered_by: Person | None = None,
) -> Agency:
    """Add an agency. Raises AgencyRefused when one with this name already works in the territory.

    `entered_by`: who entered it, where `by` is the second person (`services.places`); without, `by` must be one who
    needs none.
    """
    if by is not None:
        access.allow(by, "C", PLACES, territory, alone=entered_by is None)
    name = agency_name(name, territory)
    agency = Agency.objects.create(name=name, sector=sector, territory=territory)
    record("agency added", by=by, object_kind="agency", object_id=agency.pk, words={"name": name})
    return agency


class StillHeld(AgencyRefused):
    """People hold posts there on that day, and not that many was confirmed."""

    def __init__(self, message: str, people: int) -> None:
        super().__init__(message)
        self.people = people


@transaction.atomic
def close_agency(agency: Agency, on: date, *, ends: int | None = None, by: Person | None, at: datetime) -> list[int]:
    """Close an agency from that day on; every position still held there ends the same day. Returns their ids.

    A person who closes it says with `ends` how many people's posts end; StillHeld names the number when it is another,
    so that somebody who came meanwhile does not lose her post unseen.
    """
    if by is not None:
        access.allow(by, "U", PLACES, agency)
    if on < EARLIEST or on > timezone.localdate(at) + FURTHEST_AHEAD:
        raise AgencyRefused(_("%(day)s cannot be right. Check the year.") % {"day": in_words(on)})
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    if agency.closed_on:
        raise AgencyRefused(_("This agency is already closed. Choose another, or leave it so."))
    later = Position.objects.filter(agency=agency, since__gte=on)
    if later.exists():
        raise AgencyRefused(_("Somebody starts there on that day or later. End or move that position first."))
    held = Position.objects.filter(agency=agency, until=None) | Position.objects.filter(agency=agency, until__gt=on)
    rows = list(held.order_by("pk").values_list("pk", "person_id"))
    ids, people = [pk for pk, _person in rows], len({person for _pk, person in rows})
    if by is not None and people != (ends or 0):
        sentence = ngettext(
            "%(people)s person holds a post here on that day.",
            "%(people)s people hold a post here on that day.",
            people,
        )
        raise StillHeld(sentence % {"people": digits.number(people)}, people)
    Position.objects.filter(pk__in=ids).update(until=on)
    agency.closed_on = on
    agency.save(update_fields=["closed_on"])
    record("agency closed", by=by, object_kind="agency", object_id=agency.pk)
    hooks.tell_positions_changed(ids)
    return ids


@transaction.atomic
def reopen_agency(agency: Agency, *, by: Person | None, at: datetime) -> Agency:
    """Open a closed agency again. Positions that ended stay ended: who works there now is entered anew."""
    if by is not None:
        access.allow(by, "U", PLACES, agency)
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    if agency.closed_on is None:
        raise AgencyRefused(_("This agency is open."))
    agency.closed_on = None
    agency.save(update_fields=["closed_on"])
    record("agency reopened", by=by, object_kind="agency", object_id=agency.pk)
    return agency


@transaction.atomic
def set_establishment(
    agency: Agency,
    profession: Profession,
    posts: Decimal,
    *,
    source: str,
    as_of: date | None = None,
    territory: Territory | None = None,
    by: Person | None,
    at: datetime,
) -> Establishment:
    """Say how many posts of a profession the agency is meant to have from a day on, and by which source."""
    if by is not None:
        access.allow(by, "U", ESTABLISHMENT, agency)
    if posts < 0:
        raise AgencyRefused(_("Posts cannot be fewer than none."))
    if not source.strip():
        raise AgencyRefused(_("Say where the number comes from, for example “staffing order 12 of 2025”."))
    establishment, _made = Establishment.objects.update_or_create(
        agency=agency,
        profession=profession,
        territory=territory or agency.territory,
        as_of=as_of or timezone.localdate(at),
        defaults={"posts": posts, "source": source.strip()},
    )
    record("establishment set", by=by, object_kind="agency", object_id=agency.pk)
    return establishment
