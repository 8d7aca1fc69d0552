from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from concerted.directory.hooks import tell_positions_changed
from concerted.directory.models import Agency, Person, Position, Sector, Territory, TerritoryLink
from concerted.directory.rows import AGENCY, TERRITORY
from concerted.kit import access
from concerted.ledger.services import record


class PlaceRefused(Exception):
    """The place cannot stand as asked; the message says why and what to do."""


def link_territory(territory: Territory) -> None:
    """Write the links of one territory: itself, and one for each territory above its parent."""
    links = [TerritoryLink(ancestor=territory, descendant=territory, depth=0)]
    if territory.parent_id:
        above = TerritoryLink.objects.filter(descendant=territory.parent_id)
        links += [
            TerritoryLink(ancestor_id=link.ancestor_id, descendant=territory, depth=link.depth + 1) for link in above
        ]
    TerritoryLink.objects.bulk_create(links)


@transaction.atomic
def add_territory(
    name: str, parent: Territory | None = None, *, level: str = "", code: str = "", by: Person | None
) -> Territory:
    """Add a territory under a parent. Raises `PlaceRefused` when its name is taken there."""
    if by is not None:
        access.allow(by, "C", TERRITORY, parent)
    try:
        with transaction.atomic():
            territory = Territory.objects.create(name=name, parent=parent, level=level, code=code)
    except IntegrityError as error:
        raise PlaceRefused(_("Another territory with this name stands under the same parent.")) from error
    link_territory(territory)
    record("territory added", by=by, object_kind="territory", object_id=territory.pk)
    return territory


@transaction.atomic
def move_territory(territory: Territory, parent: Territory | None, *, by: Person | None) -> Territory:
    """Put a territory, with all below it, under another parent. Raises `PlaceRefused` for a cycle."""
    if by is not None:
        access.allow(by, "U", TERRITORY, territory)
    inside = set(TerritoryLink.objects.filter(ancestor=territory).values_list("descendant_id", flat=True))
    if parent is not None and parent.pk in inside:
        raise PlaceRefused(
            _("%(place)s cannot stand under %(parent)s, which lies inside it.") % {"place": territory, "parent": parent}
        )
    TerritoryLink.objects.filter(descendant__in=inside).exclude(ancestor__in=inside).delete()
    territory.parent = parent
    territory.save(update_fields=["parent"])
    if parent is not None:
        above = list(TerritoryLink.objects.filter(descendant=parent).values_list("ancestor_id", "depth"))
        below = list(TerritoryLink.objects.filter(ancestor=territory).values_list("descendant_id", "depth"))
        TerritoryLink.objects.bulk_create(
            TerritoryLink(ancestor_id=up, descendant_id=down, depth=high + low + 1)
            for up, high in above
            for down, low in below
        )
    record("territory moved", by=by, object_kind="territory", object_id=territory.pk)
    tell_positions_changed(Position.objects.filter(territory__in=inside).values_list("pk", flat=True))
    return territory


@transaction.atomic
def add_agency(name: str, sector: Sector, territory: Territory, *, by: Person | None) -> Agency:
    """Add an agency. Raises `PlaceRefused` when its name is taken in the territory."""
    if by is not None:
        access.allow(by, "C", AGENCY, Agency(name=name, sector=sector, territory=territory))
    try:
        with transaction.atomic():
            agency = Agency.objects.create(name=name, sector=sector, territory=territory)
    except IntegrityError as error:
        raise PlaceRefused(_("Another agency with this name works in the same territory.")) from error
    record("agency added", by=by, object_kind="agency", object_id=agency.pk)
    return agency


@transaction.atomic
def close_agency(agency: Agency, *, on: date, by: Person) -> Agency:
    """Close an agency: it stays in the past, and positions still held there end that day."""
    access.allow(by, "U", AGENCY, agency)
    agency.closed_on = on
    agency.save(update_fields=["closed_on"])
    open_positions = Position.objects.filter(agency=agency, until=None, since__lt=on)
    changed = list(open_positions.values_list("pk", flat=True))
    open_positions.update(until=on)
    record("agency closed", by=by, object_kind="agency", object_id=agency.pk)
    tell_positions_changed(changed)
    return agency
