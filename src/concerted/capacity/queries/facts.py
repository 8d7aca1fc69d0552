from collections.abc import Collection
from datetime import date, datetime

from concerted.capacity.models import TerritoryFact
from concerted.directory.models import Territory


def facts_of(territory: Territory, on: date, *, known_on: datetime | None = None) -> list[TerritoryFact]:
    """What holds in a territory on a day: of each kind and thing it tells of the latest row, by kind and thing; nothing
    where that row has ended.

    `known_on`: by what was recorded until then; without it, by what is known now. One query.
    """
    return facts_in([territory.pk], on, known_on=known_on).get(territory.pk, [])


def facts_in(
    territories: Collection[int], on: date, *, known_on: datetime | None = None
) -> dict[int, list[TerritoryFact]]:
    """The same for several territories, by their ids. One query."""
    rows = TerritoryFact.objects.filter(territory__in=territories, holds_from__lte=on).order_by("holds_from", "id")
    if known_on is not None:
        rows = rows.filter(recorded_at__lte=known_on)
    found: dict[tuple[int, str, str], TerritoryFact] = {}
    held = list(rows)
    voided = {row.voids_id for row in held if row.voids_id}
    for row in held:
        if row.kind != TerritoryFact.Kind.VOID and row.pk not in voided:
            found[row.territory_id, row.kind, row.about] = row
    shown: dict[int, list[TerritoryFact]] = {}
    for key in sorted(key for key, row in found.items() if row.holds_until is None or row.holds_until >= on):
        shown.setdefault(key[0], []).append(found[key])
    return shown
