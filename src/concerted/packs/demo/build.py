"""The demonstration response: an invented country whose boards have something to say, always around today."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from concerted.capacity.models import Mandate
from concerted.directory.models import Agency, Person, Position, Response, Territory
from concerted.ledger.services import record
from concerted.packs.demo import history, places, staff
from concerted.packs.demo.accounts import LEARNERS
from concerted.packs.services import load_pack

#: The same invented people at every loading; only their days move with the calendar.
_SEED = 20_240_308


class DemonstrationRefused(Exception):
    """The demonstration cannot be loaded here; the message says what to do."""


@dataclass(frozen=True)
class Loaded:
    """What stands in the demonstration: counts by kind, and whether this call made it."""

    made: bool
    territories: int
    agencies: int
    people: int
    mandates: int


def made_by_demonstration() -> bool:
    """Whether the response in this database is the demonstration: everybody in it came with it."""
    response = Response.objects.filter(pk=1).first()
    return bool(response and response.set_up_at and Person.objects.filter(joined_at=response.set_up_at).exists())


def load_demonstration(pack: Path, *, at: datetime, say: Callable[[str], object]) -> Loaded:
    """Load the demonstration into an empty database; `say` is told what is being done.

    Raises DemonstrationRefused when the database holds anyone the demonstration did not make.
    """
    if made_by_demonstration():
        return _counted(made=False)
    if Person.objects.exists() or Response.objects.exists() or Territory.objects.exists():
        raise DemonstrationRefused(
            "This database holds a response that is not the demonstration; nothing was changed. "
            "Name an empty database in DATABASE_URL, or an empty folder in CONCERTED_HOME."
        )
    with transaction.atomic():
        _build(pack, at, say)
    return _counted(made=True)


def _build(pack: Path, at: datetime, say: Callable[[str], object]) -> None:
    on, chance = timezone.localdate(at), random.Random(_SEED)  # noqa: S311  the same people every time
    say("Territories and agencies ...")
    places.write_response(at)
    made = places.write_places(on.year - 2, at)
    agencies = places.write_agencies(made, on)
    say("People ...")
    positions = staff.write_staff(agencies, chance, on, at)
    held = staff.write_accounts(made, on, at)
    say("Modules ...")
    load_pack(pack, by=None, at=at)
    history.write_elsewhere()
    say("Eighteen months of training ...")
    known = [position for login, position in held.items() if login not in LEARNERS]
    history.write_evidence([*positions, *known], chance, on)
    say("Mandates ...")
    history.write_mandates(on, at)
    history.write_loose_ends(held, positions, chance, at)
    record("demonstration loaded", by=None, object_kind="response", object_id=1)


def _counted(*, made: bool) -> Loaded:
    return Loaded(
        made,
        Territory.objects.count(),
        Agency.objects.count(),
        Position.objects.values("person").distinct().count(),
        Mandate.objects.count(),
    )
