"""Choices by sector, counted in the transaction that saves the choice."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from concerted.directory.queries import sector_of
from concerted.practice.models import Attempt, ChoiceCount


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
