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
from concerted.ledger.models import Entry
from concerted.ledger.services import record
from concerted.packs.demo import clearing, history, places, staff
from concerted.packs.demo.accounts import DOMAIN, LEARNERS
from concerted.packs.demo.answers import write_answers
from concerted.packs.demo.cases import write_case_group
from concerted.packs.demo.choices import write_choices
from concerted.packs.demo.counts import write_counts
from concerted.packs.demo.plans import write_plan
from concerted.packs.demo.readiness import write_readiness
from concerted.packs.demo.tables import write_tables
from concerted.packs.demo.words import write_drafts
from concerted.packs.models import Pack
from concerted.packs.services import load_pack

#: The same invented people at every loading; only their days move with the calendar.
_SEED = 20_240_308
_LOADED = "demonstration loaded"


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


class OthersThere(DemonstrationRefused):
    """The demonstration is here, and so is something it did not bring."""


def made_at() -> datetime | None:
    """When the demonstration in this database was made; None when what is here is not the demonstration."""
    response = Response.objects.filter(pk=1).first()
    if response is None or not Entry.objects.filter(verb=_LOADED).exists():
        return None
    there = response.set_up_at and Person.objects.filter(joined_at=response.set_up_at).exists()
    return response.set_up_at if there else None


def _refuse_others(made: datetime, pack: Path) -> None:
    """Nobody the demonstration did not make may be here, not even under one of its names, and no other content."""
    renamed = Person.objects.filter(email__isnull=False).exclude(email__iendswith=f"@{DOMAIN}")
    others = (Person.objects.exclude(joined_at=made) | renamed).count()
    if others or Pack.objects.exclude(code=pack.name).exists():
        raise OthersThere(
            "This database holds the demonstration and "
            + (f"people it did not make ({others})" if others else "content it did not bring")
            + "; nothing was changed. Name an empty database in DATABASE_URL, or an empty folder in CONCERTED_HOME."
        )


def load_demonstration(pack: Path, *, at: datetime, say: Callable[[str], object]) -> Loaded:
    """Load the demonstration into an empty database; `say` is told what is being done.

    One that was made on another day is made anew, so that its due dates lie around today; only the ledger stays.
    Raises DemonstrationRefused when the database holds anyone the demonstration did not make, and changes nothing then.
    """
    made = made_at()
    if made is not None:
        with transaction.atomic():
            clearing.keep_others_out()
            _refuse_others(made, pack)
            if timezone.localdate(made) == timezone.localdate(at):
                return counted(made=False)
            say("The demonstration is of another day and is made anew.")
            clearing.clear()
            _build(pack, at, say)
        return counted(made=True)
    if Person.objects.exists() or Response.objects.exists() or Territory.objects.exists():
        raise DemonstrationRefused(
            "This database holds a response that is not the demonstration; nothing was changed. "
            "Name an empty database in DATABASE_URL, or an empty folder in CONCERTED_HOME."
        )
    with transaction.atomic():
        _build(pack, at, say)
    return counted(made=True)


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
    write_case_group(held, positions, at)
    write_tables(held, at)
    say("Answers to questions ...")
    write_answers(positions, held, chance, at)
    write_choices(random.Random(_SEED))  # noqa: S311  the same choices every time
    say("Readiness ...")
    write_readiness(held, at)
    say("Eighteen months of counts ...")
    write_counts(at)
    write_plan(held, at)
    write_drafts([held["tamar"].person, held["rima"].person], at)
    record(_LOADED, by=None, object_kind="response", object_id=1)


def counted(*, made: bool) -> Loaded:
    """What stands in the demonstration now."""
    return Loaded(
        made,
        Territory.objects.count(),
        Agency.objects.count(),
        Position.objects.values("person").distinct().count(),
        Mandate.objects.count(),
    )
