import uuid
from datetime import datetime

from django.db import transaction

from concerted.directory.models import Person
from concerted.kit import access
from concerted.practice import services as practice
from concerted.practice.models import Attempt, Scenario
from concerted.practice.scenario.playing import Place
from concerted.training.access import TAKING


def start_scenario(scenario: Scenario, *, language: str, by: Person, at: datetime) -> Attempt:
    """Her open attempt at a scenario, or a new one from its beginning."""
    access.allow(by, "C", TAKING)
    return practice.begin_scenario(scenario, language=language, by=by, at=at)


@transaction.atomic
def choose(attempt: Attempt, passage: str, choice: str, *, client_key: uuid.UUID, by: Person, at: datetime) -> Place:
    """Take a choice in the passage she was shown. Raises `AttemptRefused`; nothing is stored then."""
    access.allow(by, "U", TAKING, attempt)
    return practice.take_choice(practice.lock_attempt(attempt.pk), passage, choice, client_key=client_key, at=at)


@transaction.atomic
def go_round(attempt: Attempt, passage: str, *, by: Person, at: datetime) -> Place:
    """Go on without reading this passage. Raises `AttemptRefused`; nothing is stored then."""
    access.allow(by, "U", TAKING, attempt)
    return practice.skip_passage(practice.lock_attempt(attempt.pk), passage, at=at)


@transaction.atomic
def look_back_now(attempt: Attempt, *, by: Person, at: datetime) -> Place:
    """Read how it can end instead of playing on, with the same record as everybody."""
    access.allow(by, "U", TAKING, attempt)
    return practice.end_scenario(practice.lock_attempt(attempt.pk), at=at)
