"""Two authorities of the demonstration: one rated, funded and handed a duty by both levels, one rated and short."""

from collections.abc import Mapping
from datetime import datetime

from concerted.directory.models import Person, Position, Territory
from concerted.packs.demo.places import SOURCE
from concerted.planning import services
from concerted.planning.models import Rating
from concerted.planning.services.delegations import Promise
from concerted.practice.models import Instrument
from concerted.practice.services import instrument_shape

#: authority -> what it is promised a year; need is told low, middle and high for each.
_PROMISED = {"Aldermoor": 190_000, "Brena Valley": 165_000, "Duneth": 48_000}
_NEEDED = {
    "Aldermoor": (110_000, 140_000, 185_000),
    "Brena Valley": (85_000, 110_000, 150_000),
    "Duneth": (42_000, 60_000, 95_000),
}
_SHOWN = "Board minutes of the last quarter"
#: authority -> what its own people and the second level say of an item, where it is not 2.
_RATED: dict[str, tuple[dict[str, int], dict[str, int]]] = {
    "Aldermoor": ({"monitoring": 3, "translated-protocols": 2}, {"monitoring": 2, "translated-protocols": 1}),
    "Duneth": ({"supervision": 1, "escalation": 1}, {"supervision": 0, "escalation": 1, "needs-data": 1}),
}
_OVERRIDE = "The law begins on the first of the month. The region lends two trainers until the posts are trained."


def write_readiness(held: Mapping[str, Position], at: datetime) -> None:
    """Ratings, funds and one signed statement. Nothing where the pack brings no instrument."""
    if not Instrument.objects.filter(code=services.INSTRUMENT, published__isnull=False).exists():
        return
    lina, nora = held["lina"].person, held["nora"].person
    places = {place.name: place for place in Territory.objects.filter(name__in=_PROMISED)}
    promises = [Promise(places[name], funds, *_NEEDED[name], SOURCE) for name, funds in _PROMISED.items()]
    kept = services.keep_delegation(
        code="local-boards",
        duty="Run a local board and a needs assessment",
        basis="Act on the coordinated response, part 4",
        currency="EUR",
        year=at.year,
        promises=promises,
        by=nora,
        at=at,
    )
    for name, (own, moderated) in _RATED.items():
        _fill(services.begin_self_rating(places[name], by=lina, at=at), own, lina, at)
        _fill(services.begin_moderation(places[name], by=nora, at=at), moderated, nora, at)
    share = kept.shares.get(territory=places["Aldermoor"])
    statement = services.write_statement(share, override=_OVERRIDE, by=nora, at=at)
    for person in (nora, lina):
        services.sign_statement(statement.pk, seen=statement.hash, by=person, at=at)


def _fill(rating: Rating, levels: Mapping[str, int], by: Person, at: datetime) -> None:
    for item in instrument_shape(rating.instrument_id).items:
        if not item.fills:
            told = services.Told(levels.get(item.key, 2), _SHOWN)
            services.answer_item(rating.pk, item, told, by=by)
    services.hand_in_rating(rating.pk, by=by, at=at)
