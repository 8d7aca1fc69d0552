"""Scenarios kept on a device: a copy handed out, and the steps taken on it applied once and in order."""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from concerted.practice.models import Attempt, KeptCopy
from concerted.practice.rules.queue import CHOOSE, ROUND, Move, following
from concerted.practice.scenario.playing import footprint
from concerted.practice.services.attempts import AttemptFinished, AttemptRefused
from concerted.practice.services.scenarios import end_scenario, place_of, skip_passage, take_choice


@dataclass(frozen=True)
class Arrived:
    """An attempt after what a device sent. `refusal`: why the steps after `head` were not taken."""

    attempt: Attempt
    head: uuid.UUID
    refusal: str = ""


def hash_of_device(key: str) -> str:
    """What is stored of the key a device was given."""
    return hashlib.sha256(key.encode()).hexdigest()


def hand_out(attempt: Attempt, *, at: datetime) -> tuple[KeptCopy, str]:
    """A copy of an open scenario for one device, and the key that only that device holds."""
    if attempt.what_kind != "scenario":
        raise AttemptRefused(_("Only situations can be kept on a device. A test needs a line."))
    key, public = secrets.token_urlsafe(32), uuid.uuid4()
    copy = KeptCopy.objects.create(attempt=attempt, public=public, device=hash_of_device(key), head=public, at=at)
    return copy, key


def take_moves(attempt: Attempt, copy_id: int, moves: Sequence[Move], *, at: datetime) -> Arrived:
    """Apply what a device sent to an attempt that `lock_attempt` gave, in the caller's transaction.

    However often it is sent, each step is taken once, in the order in which they name one another. The first that does
    not fit ends it: those before it stand, those after it stay on the device. The device's clock is not asked.
    """
    copy = KeptCopy.objects.get(pk=copy_id)
    onward = following(moves, copy.head)
    refusal = ""
    if onward is None:
        refusal = _("Steps before these have not arrived. Send all that is kept.")
    head = copy.head
    for move in onward or ():
        try:
            _take(attempt, move, at)
        except AttemptRefused as why:
            refusal = str(why)
            break
        head = move.key
    if head != copy.head:
        copy.head = head
        copy.save(update_fields=["head"])
    return Arrived(attempt, head, refusal)


def _take(attempt: Attempt, move: Move, at: datetime) -> None:
    story, place, _after = place_of(attempt)
    if attempt.finished_at:
        raise AttemptFinished
    if footprint(story, place) != move.stood:
        raise AttemptRefused(_("You have gone on since, on another page or device. These steps do not fit there."))
    if move.do == CHOOSE:
        take_choice(attempt, move.passage, move.choice, client_key=move.key, at=at)
    elif move.do == ROUND:
        skip_passage(attempt, move.passage, at=at)
    else:
        end_scenario(attempt, at=at)
