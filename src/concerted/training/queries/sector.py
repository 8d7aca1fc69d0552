"""The sector somebody works in, for what a module shows to her sector first."""

from datetime import date

from concerted.directory.queries import held_positions
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
