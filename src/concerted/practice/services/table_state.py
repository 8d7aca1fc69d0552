"""Where a table stands, worked out of the moves that were made at it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concerted.kit.memory import remember
from concerted.practice.models import ConferenceTable, ScenarioVersion, TableMove
from concerted.practice.scenario.conference import Conference, from_plain
from concerted.practice.scenario.sitting import Move, Sitting, Turn, move_from_plain, stand


@dataclass(frozen=True)
class TableAt:
    """Where a table stands. `moved`: seat -> its move in the moment that is open."""

    conference: Conference
    turns: tuple[Turn, ...]
    sitting: Sitting
    moved: Mapping[str, Move]

    def move_of(self, seat: str, moment: str) -> Move | None:
        """What a seat did in a moment, be it over or open."""
        if self.sitting.moment is not None and self.sitting.moment.key == moment:
            return self.moved.get(seat)
        return next((turn.moves.get(seat) for turn in self.turns if turn.moment == moment), None)


@remember(200)
def conference_of(version_id: int) -> Conference:
    """The map of a version with seats; read once a process, since a version never changes. One query."""
    return from_plain(ScenarioVersion.objects.values_list("story", flat=True).get(pk=version_id))


#: Moment -> seat -> what it did there.
Moves = dict[str, dict[str, Move]]


def table_at(table: ConferenceTable) -> TableAt:
    """Where a table stands. One query."""
    return tables_at([table])[table.pk]


def tables_at(tables: Iterable[ConferenceTable]) -> dict[int, TableAt]:
    """Where each of these tables stands. One query, and one a process for each version that was not read before."""
    versions = {table.pk: table.version_id for table in tables}
    made: dict[int, Moves] = {table: defaultdict(dict) for table in versions}
    rows = TableMove.objects.filter(seat__table__in=list(versions)).order_by("pk")
    for table, seat, moment, move, by in rows.values_list("seat__table", "seat__seat", "moment", "move", "by"):
        made[table][moment][seat] = move_from_plain(move, by)
    return {table: _played(conference_of(version), made[table]) for table, version in versions.items()}


def _played(conference: Conference, made: Moves) -> TableAt:
    """Where these moves lead: a moment is over once every seat has acted in it."""
    turns: list[Turn] = []
    while True:
        sitting = stand(conference, turns)
        moved = made[sitting.moment.key] if sitting.moment is not None else {}
        if sitting.moment is None or len(moved) < len(conference.seats):
            return TableAt(conference, tuple(turns), sitting, moved)
        turns.append(Turn(sitting.moment.key, moved))
