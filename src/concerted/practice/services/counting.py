"""Choices by sector, counted in the transaction that saves the choice; decisions at a table in that which ends it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from concerted.directory.queries import sector_of
from concerted.practice.models import Attempt, ChoiceCount, ConferenceTable, TableMove, TableSeat
from concerted.practice.scenario.sitting import PERSON, move_from_plain
from concerted.practice.services.table_state import conference_of


def count_choice(attempt: Attempt, passage: str, choice: str, *, before: list[tuple[Any, ...]], at: datetime) -> None:
    """Count her choice for her sector. Two queries; none when she was counted in this passage already.

    Only what she chose the first time in the first go counts, so a person is in a passage's numbers once: after the
    look back she knows what follows. `before`: the steps of the attempt before this one, as `steps_saved` gives them.
    """
    if attempt.no > 1 or any(part.partition(".")[0] == passage for _seq, _key, part, _answer in before):
        return
    sector = sector_of(attempt.person_id, timezone.localdate(at))
    where = {"version_id": attempt.version, "passage": passage, "choice": choice, "sector": sector}
    held = ChoiceCount.objects.filter(**where)
    if not held.update(people=F("people") + 1):
        ChoiceCount.objects.get_or_create(**where, defaults={"people": 0})
        held.update(people=F("people") + 1)


def count_decisions(table: ConferenceTable, seats: Iterable[TableSeat]) -> None:
    """Count what people decided from these seats at a table that is over. Four queries at most.

    For those who play the case for the first time. What the programme did, and moments that somebody let pass, are
    nobody's decision.
    """
    sectors = {seat.key: seat.sector for seat in conference_of(table.version_id).seats}
    moves = TableMove.objects.filter(seat__in=[seat.pk for seat in seats], by=PERSON).order_by("pk")
    taken = [
        {"passage": f"{moment}.{seat}", "choice": decision, "sector": sectors[seat]}
        for seat, moment, move, by in moves.values_list("seat__seat", "moment", "move", "by")
        if (decision := move_from_plain(move, by).decision)
    ]
    if not taken:
        return
    # In one order everywhere, so that two tables which end at once wait for each other and never both ways.
    taken.sort(key=lambda one: (one["passage"], one["choice"]))
    rows = [ChoiceCount(version_id=table.version_id, people=0, **one) for one in taken]
    ChoiceCount.objects.bulk_create(rows, ignore_conflicts=True)
    these = Q()
    for one in taken:
        these |= Q(**one)
    held = ChoiceCount.objects.select_for_update().filter(these, version=table.version_id).order_by("pk")
    ChoiceCount.objects.filter(pk__in=[one.pk for one in held]).update(people=F("people") + 1)
