"""A scenario kept on a device of hers, and the steps that come back from it."""

from datetime import datetime

from django.db import transaction

from concerted.directory.models import Person
from concerted.kit import access
from concerted.practice import services as practice
from concerted.practice.models import KeptCopy, Scenario
from concerted.practice.rules.queue import Move
from concerted.practice.services import Arrived
from concerted.training.access import TAKING


@transaction.atomic
def keep_scenario(scenario: Scenario, *, language: str, by: Person, at: datetime) -> tuple[KeptCopy, str]:
    """A copy of her open attempt, or of a new one, for the device she holds, and the key only that device is given."""
    access.allow(by, "C", TAKING)
    attempt = practice.begin_scenario(scenario, language=language, by=by, at=at)
    return practice.hand_out(attempt, at=at)


@transaction.atomic
def take_steps(copy: KeptCopy, moves: tuple[Move, ...], *, by: Person, at: datetime) -> Arrived:
    """Apply the steps a device sent for a copy of hers, each once; what does not fit is refused and stays there."""
    access.allow(by, "U", TAKING, copy.attempt)
    return practice.take_moves(practice.lock_attempt(copy.attempt_id), copy.pk, moves, at=at)
