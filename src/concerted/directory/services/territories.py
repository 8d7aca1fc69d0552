from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory import hooks
from concerted.directory.access import PLACES
from concerted.directory.models import Person, Population, Position, ProposedPlace, Territory, TerritoryLink
from concerted.kit import access
from concerted.ledger.services import record


class TerritoryRefused(Exception):
    """The tree cannot be changed so; the message says why and what to do."""


def allow_under(parent: Territory | None, verb: str, by: Person | None, *, alone: bool = False) -> None:
    """Below a territory who reaches it may build; at the top only who reaches everything. Raises Http404."""
    if by is not None:
        access.allow(by, verb, PLACES, place_under(parent), alone=alone)


def place_under(parent: Territory | None) -> Territory | ProposedPlace:
    """What the access table is asked about: the parent, or a place at the top, which stands in no territory."""
    return parent or ProposedPlace(kind=ProposedPlace.Kind.TERRITORY)


def territory_name(name: str, parent: Territory | None) -> str:
    """The name as it is stored. Raises TerritoryRefused when it is empty or stands there already."""
    name = " ".join(name.split())
    _refuse_namesake(parent, name)
    return name


def _refuse_namesake(parent: Territory | None, name: str, *, but: int = 0) -> None:
    if not name:
        raise TerritoryRefused(_("The territory has no name. Give it one."))
    if Territory.objects.filter(parent=parent, name=name).exclude(pk=but).exists():
        place = parent.name if parent else _("the top")
        raise TerritoryRefused(
            _("“%(name)s” already stands under %(place)s. Choose another name.") % {"name": name, "place": place}
        )


def _link_under(parent: Territory | None, subtree: list[tuple[int, int]]) -> None:
    """Link every territory of a subtree (id, depth below its root) with all above `parent`, itself included."""
    if parent is None:
        return
    above = list(TerritoryLink.objects.filter(descendant=parent).order_by().values_list("ancestor_id", "depth"))
    TerritoryLink.objects.bulk_create(
        [
            TerritoryLink(ancestor_id=ancestor, descendant_id=descendant, depth=up + 1 + down)
            for ancestor, up in above
            for descendant, down in subtree
        ],
        batch_size=2000,
    )


@transaction.atomic
def add_territory(
    parent: Territory | None,
    name: str,
    *,
    level: str = "",
    code: str = "",
    by: Person | None,
    at: datetime,
    entered_by: Person | None = None,
) -> Territory:
    """Add a territory under `parent`, or at the top. Raises TerritoryRefused for a name already there.

    `entered_by`: who entered it, where `by` is the second person (`services.places`); without, `by` must be one who
    needs none.
    """
    allow_under(parent, "C", by, alone=entered_by is None)
    name = territory_name(name, parent)
    territory = Territory.objects.create(parent=parent, name=name, level=level, code=code)
    TerritoryLink.objects.create(ancestor=territory, descendant=territory, depth=0)
    _link_under(parent, [(territory.pk, 0)])
    record("territory added", by=by, object_kind="territory", object_id=territory.pk, words={"name": name})
    return territory


def _refuse_cycle(territory: Territory, parent: Territory | None) -> None:
    if parent is None:
        return
    link = TerritoryLink.objects.filter(ancestor=territory, descendant=parent).first()
    if link is None:
        return
    way = [
        row.ancestor for row in parent.above.select_related("ancestor").filter(depth__lte=link.depth).order_by("-depth")
    ]
    round_trip = " → ".join(one.name for one in [*way, territory])
    raise TerritoryRefused(
        _("%(name)s cannot stand under %(parent)s: that would go in a circle (%(way)s). Choose a place outside it.")
        % {"name": territory.name, "parent": parent.name, "way": round_trip}
    )


@transaction.atomic
def move_territory(territory: Territory, parent: Territory | None, *, by: Person | None, at: datetime) -> Territory:
    """Put a territory, with all below it, under another parent and rewrite the links in the same transaction.

    Raises TerritoryRefused when that would go in a circle, naming it, or when a namesake stands there.
    """
    if by is not None:
        access.allow(by, "U", PLACES, territory)
    allow_under(parent, "U", by)
    # The whole tree is locked: two moves at once could build a circle that neither sees.
    list(Territory.objects.select_for_update().filter(parent=None).order_by("pk").values_list("pk", flat=True))
    _refuse_cycle(territory, parent)
    _refuse_namesake(parent, territory.name, but=territory.pk)
    subtree = list(
        TerritoryLink.objects.filter(ancestor=territory).order_by("depth").values_list("descendant_id", "depth")
    )
    ids = [pk for pk, _depth in subtree]
    TerritoryLink.objects.filter(descendant__in=ids).exclude(ancestor__in=ids).delete()
    territory.parent = parent
    territory.save(update_fields=["parent"])
    _link_under(parent, subtree)
    record("territory moved", by=by, object_kind="territory", object_id=territory.pk)
    hooks.tell_territories_moved(ids)
    hooks.tell_positions_changed(Position.objects.filter(territory__in=ids).order_by("pk").values_list("pk", flat=True))
    return territory


@transaction.atomic
def set_population(
    territory: Territory, year: int, sex: str, persons: int, source: str, *, by: Person | None, at: datetime
) -> Population:
    """Say how many persons live there in that year, by a source; a second word for the same year replaces the first."""
    if by is not None:
        access.allow(by, "U", PLACES, territory)
    if not source.strip():
        raise TerritoryRefused(_("A number without a source helps nobody. Say who counted."))
    population, _made = Population.objects.update_or_create(
        territory=territory, year=year, sex=sex, age_band="all", defaults={"persons": persons, "source": source.strip()}
    )
    record("population set", by=by, object_kind="territory", object_id=territory.pk)
    return population


@transaction.atomic
def set_populations(
    territory: Territory, year: int, persons: dict[str, int], source: str, *, by: Person | None, at: datetime
) -> list[Population]:
    """Say how many women, men and persons one source counted there in a year; `persons` maps each to its number.

    Raises TerritoryRefused when the parts are more than the whole, or when nothing is counted.
    """
    if not persons:
        raise TerritoryRefused(_("Enter at least one number."))
    parts = persons.get("women", 0) + persons.get("men", 0)
    if "persons" in persons and parts > persons["persons"]:
        raise TerritoryRefused(_("Women and men together cannot be more than all persons."))
    return [
        set_population(territory, year, sex, number, source, by=by, at=at) for sex, number in sorted(persons.items())
    ]
