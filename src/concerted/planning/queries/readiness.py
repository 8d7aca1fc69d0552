"""What was rated of a territory, and what it comes to on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from concerted.directory.access import filter_territories
from concerted.directory.models import Territory
from concerted.kit.access import Reach
from concerted.planning.models import Rating, RatingAnswer
from concerted.planning.queries.known import Known
from concerted.planning.rules.readiness import Answer, Readiness, State, judged
from concerted.practice.rules.instruments import InstrumentShape
from concerted.practice.services import instrument_shape


def ratings_of(territory_ids: Collection[int] | QuerySet[Any], on: date | None = None) -> QuerySet[Rating]:
    """Ratings handed in, of these territories, the newest first, with their answers. Two queries."""
    rows = Rating.objects.filter(territory__in=territory_ids, handed_in_at__isnull=False)
    if on is not None:
        rows = rows.filter(handed_in_at__date__lte=on)
    answers = Prefetch("answers", RatingAnswer.objects.order_by("id"))
    return rows.select_related("by", "territory").prefetch_related(answers).order_by("-handed_in_at", "-id")


def shape_of(rating: Rating) -> InstrumentShape:
    """The items a rating was given by."""
    return instrument_shape(rating.instrument_id)


def answers_of(rating: Rating) -> dict[str, RatingAnswer]:
    """Its answers by item."""
    return {answer.item: answer for answer in rating.answers.all()}


def _plain(answers: Mapping[str, RatingAnswer]) -> dict[str, Answer]:
    return {
        key: Answer(one.level, bool(one.evidence.strip() or one.link or one.figure)) for key, one in answers.items()
    }


def as_rated(rating: Rating) -> Readiness:
    """What a rating came to on the day it was handed in, by what the system knew then."""
    answers, shape = answers_of(rating), shape_of(rating)
    held = {item.fills: answers.get(item.key) for item in shape.items if item.fills}
    shares = {fills: float(one.share) if one and one.share is not None else None for fills, one in held.items()}
    return judged(shape.items, _plain(answers), shares)


def readiness_of(ratings: Collection[Rating], known: Mapping[str, Known], on: date) -> Readiness:
    """What counts for a decision on a day: the newest moderated rating, with what the system knows by now.

    Without one nobody but the authority itself has looked, and it is not assessed. `ratings`: the newest first.
    """
    newest = next((one for one in ratings if one.kind == Rating.Kind.MODERATED), None)
    if newest is None:
        return Readiness(State.NOT_ASSESSED)
    shares = {fills: one.share for fills, one in known.items()}
    return judged(shape_of(newest).items, _plain(answers_of(newest)), shares, age=(on - day_of(newest)).days)


def day_of(rating: Rating) -> date:
    """The day a rating was handed in."""
    at: datetime = rating.handed_in_at or rating.opened_at
    return timezone.localdate(at)


@dataclass(frozen=True)
class PlaceRated:
    """A territory as the list shows it: its last ratings, and what the moderated one came to when it was handed in."""

    territory: Territory
    own: Rating | None
    moderated: Rating | None
    readiness: Readiness


def places_rated(reach: Reach) -> list[PlaceRated]:
    """Every territory within reach that was rated, gaps first. Two queries, and one for each version that a process
    meets for the first time."""
    within = filter_territories(reach, Territory.objects.all()).order_by()
    newest: dict[int, dict[str, Rating]] = {}
    for rating in ratings_of(within.values("pk")):
        newest.setdefault(rating.territory_id, {}).setdefault(rating.kind, rating)
    weight = [State.GAPS, State.NOT_ASSESSED, State.CONDITIONAL, State.READY].index
    places = [_place(found) for found in newest.values()]
    return sorted(places, key=lambda place: (weight(place.readiness.state), place.territory.name))


def _place(found: dict[str, Rating]) -> PlaceRated:
    own, moderated = found.get(Rating.Kind.OWN), found.get(Rating.Kind.MODERATED)
    either: Any = moderated or own
    return PlaceRated(
        either.territory, own, moderated, as_rated(moderated) if moderated else Readiness(State.NOT_ASSESSED)
    )


def open_ratings(by: Any, territory: Territory | None = None) -> QuerySet[Rating]:
    """What somebody began to rate and has not handed in."""
    rows = Rating.objects.filter(by=by, handed_in_at=None).select_related("territory")
    return rows if territory is None else rows.filter(territory=territory)
