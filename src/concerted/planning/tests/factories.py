"""Short ways to an authority that was rated, and to a duty that is to be handed down."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from concerted.directory.models import Person, Territory
from concerted.directory.tests.factories import grant_role, make_person
from concerted.planning import services
from concerted.planning.models import Delegation, Rating
from concerted.planning.services.delegations import Promise
from concerted.practice.models import Instrument
from concerted.practice.rules.instruments import InstrumentShape, InstrumentText, Item
from concerted.practice.services import instrument_shape, publish_instrument
from concerted.text.rules import SectionText

_FILLED = {"staffed-posts": "posts", "trained-share": "trained", "money": "money"}
ITEMS = (
    *(Item(key, 4, 1, 2) for key in ("legal-power", "supervision", "escalation")),
    *(Item(key, 4, 1, 2, fills, (50, 80, 95)) for key, fills in _FILLED.items()),
)


def publish_readiness() -> Instrument:
    """An instrument like that of the starter pack: three items to answer, and three that fill themselves."""
    words = [SectionText("title", "Readiness", "title"), SectionText("note", "Review it locally.", "note")]
    for item in ITEMS:
        words.append(SectionText(item.key, f"What of {item.key}?", "item", item.key.capitalize()))
        words += (SectionText(item.section_of(n), f"{item.key} at {n}", "level") for n in range(item.levels))
        words += (SectionText(f"{item.key}.{kind}", f"{kind} of {item.key}", kind) for kind in ("evidence", "default"))
    text = InstrumentText("readiness", tuple(words), InstrumentShape(ITEMS))
    return publish_instrument(text, at=timezone.now()).instrument


def local(territory: Territory, name: str = "Lina") -> Person:
    person = make_person(name)
    grant_role(person, "local_coordinator", territory)
    return person


def national(name: str = "Nora") -> Person:
    person = make_person(name)
    grant_role(person, "national_coordinator")
    return person


def fill(rating: Rating, by: Person, level: int = 2, **levels: int) -> Rating:
    """Every item answered with `level` and something that shows it, those named otherwise, and handed in.

    Names of items with an underline for their hyphen.
    """
    for item in instrument_shape(rating.instrument_id).items:
        if not item.fills:
            told = services.Told(levels.get(item.key.replace("-", "_"), level), evidence="Ministry")
            services.answer_item(rating.pk, item, told, by=by)
    return services.hand_in_rating(rating.pk, by=by, at=timezone.now())


def rate(territory: Territory, by: Person | None = None, level: int = 2, **levels: int) -> Rating:
    by = by or local(territory)
    return fill(services.begin_self_rating(territory, by=by, at=timezone.now()), by, level, **levels)


def moderate(territory: Territory, by: Person | None = None, level: int = 2, **levels: int) -> Rating:
    by = by or national()
    return fill(services.begin_moderation(territory, by=by, at=timezone.now()), by, level, **levels)


def delegate(funds: Mapping[Territory, int], by: Person | None = None, **changes: Any) -> Delegation:
    """A duty that needs 60, 100 or 150 thousand in each of these authorities, with what each is promised."""
    promises = [Promise(place, sum_, 60_000, 100_000, 150_000, "Ministry") for place, sum_ in funds.items()]
    facts: dict[str, Any] = {"code": "boards", "duty": "Run a local board", "basis": "Act 1, section 2"}
    facts |= {"currency": "EUR", "year": 2027} | changes
    return services.keep_delegation(promises=promises, by=by, at=timezone.now(), **facts)
