"""The sector somebody works in: what a module shows to her first, and how choices are counted."""

from datetime import date

from concerted.directory.queries.positions import held_positions
from concerted.kit.prepared import Prepared

_SECTOR = Prepared(
    lambda person, on: (
        held_positions(on).filter(person_id=person).order_by("-since", "-id").values_list("agency__sector__code")[:1]
    ),
    int,
    date,
)


def sector_of(person_id: int, on: date) -> str:
    """The sector of the position held on that day, the newest first; empty when there is none. One query."""
    rows = _SECTOR.rows(person_id, on)
    return rows[0][0] if rows else ""
