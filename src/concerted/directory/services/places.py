"""Agencies and territories entered by one person and confirmed by a second, where the access table asks for her."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import rules
from concerted.directory.access import PLACES
from concerted.directory.models import Agency, Person, ProposedPlace, Sector, Territory
from concerted.directory.queries.seconds import another_holder_exists
from concerted.directory.services.agencies import AgencyRefused, add_agency, agency_name
from concerted.directory.services.alone import announce_alone
from concerted.directory.services.scopes import scope_of
from concerted.directory.services.territories import (
    TerritoryRefused,
    add_territory,
    allow_under,
    place_under,
    territory_name,
)
from concerted.kit import access
from concerted.ledger.services import record


class PlaceRefused(Exception):
    """The entry cannot be confirmed so; the message says why and what to do."""


@transaction.atomic
def enter_agency(
    name: str, *, sector: Sector, territory: Territory, by: Person, at: datetime
) -> Agency | ProposedPlace:
    """Add an agency, or have it wait for a second person where the access table asks for one.

    Raises AgencyRefused when one with this name works in the territory or waits for it.
    """
    if access.may_alone(by, "C", PLACES, territory):
        return add_agency(name, sector=sector, territory=territory, by=by, at=at)
    access.allow(by, "C", PLACES, territory)
    name = agency_name(name, territory)
    if _waits("agency", territory, name):
        raise AgencyRefused(_("“%(name)s” already waits for a second person.") % {"name": name})
    return _propose(ProposedPlace(kind="agency", name=name, sector=sector, territory=territory, by=by, at=at))


@transaction.atomic
def enter_territory(
    parent: Territory | None, name: str, *, level: str = "", by: Person, at: datetime
) -> Territory | ProposedPlace:
    """Add a territory, or have it wait for a second person where the access table asks for one.

    Raises TerritoryRefused when one with this name stands there or waits for it.
    """
    if access.may_alone(by, "C", PLACES, place_under(parent)):
        return add_territory(parent, name, level=level, by=by, at=at)
    allow_under(parent, "C", by)
    name = territory_name(name, parent)
    if _waits("territory", parent, name):
        raise TerritoryRefused(_("“%(name)s” already waits for a second person.") % {"name": name})
    return _propose(ProposedPlace(kind="territory", name=name, level=level, territory=parent, by=by, at=at))


def _waits(kind: str, territory: Territory | None, name: str) -> bool:
    return ProposedPlace.objects.filter(kind=kind, territory=territory, name=name).exists()


def _propose(proposed: ProposedPlace) -> ProposedPlace:
    proposed.save()
    record("place entered", by=proposed.by, object_kind="place", object_id=proposed.pk, words={"name": proposed.name})
    _begin_waiting(proposed, at=proposed.at)
    return proposed


def _begin_waiting(proposed: ProposedPlace, *, at: datetime) -> None:
    """Say when it is taken in by itself, if nobody else could confirm it, and have that announced."""
    from concerted.directory.jobs import announce_place

    scope = scope_of("territory", proposed.territory_id) if proposed.territory_id else scope_of("everywhere", None)
    confirmers = ("local_coordinator", "national_coordinator") if proposed.territory_id else ("national_coordinator",)
    if another_holder_exists(confirmers, scope, besides=[proposed.by_id], on=timezone.localdate(at)):
        return
    proposed.alone_at = rules.may_act_alone_from(at)
    proposed.save(update_fields=["alone_at"])
    record("place waits alone", by=proposed.by, object_kind="place", object_id=proposed.pk)
    announce_place.enqueue(proposed.pk)


def announce_waiting_place(proposed_id: int, *, at: datetime) -> None:
    """What the job does: tell of an entry that will be taken in without a second person, if it still will."""
    proposed = ProposedPlace.objects.filter(pk=proposed_id, alone_at__isnull=False).first()
    if proposed is not None:
        announce_alone("place_alone", proposed, link=reverse("directory:waiting"), at=at)


def _locked(pk: int) -> ProposedPlace:
    """The entry, held so that two people at once confirm it once. Raises PlaceRefused when it is gone."""
    held = ProposedPlace.objects.select_related("sector", "territory", "by").select_for_update(of=("self",))
    proposed = held.filter(pk=pk).first()
    if proposed is None:
        raise PlaceRefused(_("This entry was confirmed or withdrawn meanwhile."))
    return proposed


@transaction.atomic
def confirm_place(proposed: ProposedPlace, *, by: Person | None, at: datetime) -> Agency | Territory:
    """Take in what another entered, as the second person; `by` None when its day of waiting is over, or at set-up.

    Raises PlaceRefused for one's own entry, one that is gone, or when a namesake came meanwhile.
    """
    proposed = _locked(proposed.pk)
    if by is not None and by.pk == proposed.by_id:
        raise PlaceRefused(_("You entered this. A second person confirms it."))
    try:
        place = _take_in(proposed, by=by, at=at)
    except (AgencyRefused, TerritoryRefused) as refusal:
        raise PlaceRefused(str(refusal)) from refusal
    proposed.delete()
    return place


def _take_in(proposed: ProposedPlace, *, by: Person | None, at: datetime) -> Agency | Territory:
    if proposed.sector and proposed.territory:
        return add_agency(
            proposed.name,
            sector=proposed.sector,
            territory=proposed.territory,
            by=by,
            at=at,
            entered_by=proposed.by,
        )
    return add_territory(proposed.territory, proposed.name, level=proposed.level, by=by, at=at, entered_by=proposed.by)


@transaction.atomic
def withdraw_place(proposed: ProposedPlace, *, by: Person, at: datetime) -> None:
    """Take an entry out before it is confirmed: whoever may confirm it may, and who entered it."""
    proposed = _locked(proposed.pk)
    allow_under(proposed.territory, "C", by)
    record("place withdrawn", by=by, object_kind="place", object_id=proposed.pk, words={"name": proposed.name})
    proposed.delete()


def look_at_waiting_places(*, at: datetime) -> int:
    """Take in every entry whose day of waiting is over; returns how many.

    One whose last possible second person has gone meanwhile starts its day. What cannot be taken in (a namesake came,
    who entered it may not any more) waits on for a person.
    """
    done = 0
    for pk in list(ProposedPlace.objects.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                done += _look_at(pk, at)
        except PlaceRefused:
            continue
    return done


def _look_at(pk: int, at: datetime) -> bool:
    proposed = _locked(pk)
    if not access.may(proposed.by, "C", PLACES, proposed):
        # Who entered it could not do so any more: nothing is taken in on her word alone.
        ProposedPlace.objects.filter(pk=pk).update(alone_at=None)
        return False
    if proposed.alone_at is None:
        _begin_waiting(proposed, at=at)
        return False
    if proposed.alone_at > at:
        return False
    confirm_place(proposed, by=None, at=at)
    return True
