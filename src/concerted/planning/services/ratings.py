"""Rating an authority: begun, answered item by item, handed in once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.models import Person, Territory
from concerted.kit import access
from concerted.ledger.services import record
from concerted.planning.access import MODERATION, RATING, SELF_RATING
from concerted.planning.models import Rating, RatingAnswer
from concerted.planning.queries.known import known_of
from concerted.practice.models import Instrument
from concerted.practice.rules.instruments import Item
from concerted.practice.services import instrument_shape

#: The instrument that asks whether an authority is ready.
INSTRUMENT = "readiness"


class RatingRefused(Exception):
    """The rating cannot be begun, answered or handed in; the message says why and what to do."""


@dataclass(frozen=True)
class Told:
    """What somebody answers to an item. Where the system knows, `evidence` is a comment and the rest stays empty."""

    level: int | None = None
    evidence: str = ""
    link: str = ""
    figure: str = ""


@transaction.atomic
def begin_self_rating(territory: Territory, *, by: Person, at: datetime) -> Rating:
    """Begin to rate one's own territory, or go on with what she began."""
    access.allow(by, "C", SELF_RATING, territory)
    return _begin(territory, Rating.Kind.OWN, None, by, at)


@transaction.atomic
def begin_moderation(territory: Territory, *, by: Person, at: datetime) -> Rating:
    """Begin the moderated rating beside the newest self-rating. Raises `RatingRefused` where there is none, or it is
    hers: a second pair of eyes is another person's.
    """
    access.allow(by, "C", MODERATION, territory)
    own = Rating.objects.filter(territory=territory, kind=Rating.Kind.OWN, handed_in_at__isnull=False)
    newest = own.order_by("-handed_in_at", "-id").first()
    if newest is None:
        raise RatingRefused(_("The authority has not handed in a rating of its own. Ask it to begin."))
    if newest.by_id == by.pk:
        raise RatingRefused(_("You gave the self-rating. Another person moderates it."))
    return _begin(territory, Rating.Kind.MODERATED, newest, by, at)


def _begin(territory: Territory, kind: str, beside: Rating | None, by: Person, at: datetime) -> Rating:
    # Two windows at once: the second waits here, and finds what the first began.
    Person.objects.select_for_update().get(pk=by.pk)
    held = Rating.objects.filter(territory=territory, kind=kind, by=by, handed_in_at=None).first()
    if held is not None:
        return held
    form = Instrument.objects.filter(code=INSTRUMENT, published__isnull=False).first()
    if form is None or form.published_id is None:
        raise RatingRefused(_("No instrument is loaded to rate by. Load the starter pack, or your own."))
    # The second level answers the very form that was answered: another version asks something else.
    version = beside.instrument_id if beside else form.published_id
    rating = Rating.objects.create(
        territory=territory, instrument_id=version, kind=kind, beside=beside, by=by, opened_at=at
    )
    record("rating begun", by=by, object_kind="rating", object_id=rating.pk)
    return rating


def _lock(rating_id: int, by: Person) -> Rating:
    rating = Rating.objects.select_for_update(of=("self",)).select_related("territory").get(pk=rating_id)
    access.allow(by, "U", RATING, rating)
    if rating.handed_in_at is not None:
        raise RatingRefused(_("This rating is handed in and stays as it is. Begin another one."))
    return rating


@transaction.atomic
def answer_item(rating_id: int, item: Item, told: Told, *, by: Person) -> RatingAnswer:
    """Keep the answer to one item; written again, the last one counts until the rating is handed in.

    A level cannot be told where the system fills it in. Raises `RatingRefused` for a level that is not there.
    """
    rating = _lock(rating_id, by)
    if item.fills:
        kept: dict[str, Any] = {"level": None, "evidence": told.evidence, "link": "", "figure": ""}
    elif told.level is None or not 0 <= told.level < item.levels:
        raise RatingRefused(_("Choose one of the levels."))
    else:
        kept = {"level": told.level, "evidence": told.evidence, "link": told.link, "figure": told.figure}
    return RatingAnswer.objects.update_or_create(rating=rating, item=item.key, defaults=kept)[0]


def unanswered(rating: Rating) -> list[str]:
    """The keys of the items that still have no answer; what the system fills in needs none."""
    answered = set(rating.answers.filter(level__isnull=False).values_list("item", flat=True))
    return [
        item.key for item in instrument_shape(rating.instrument_id).items if not item.fills and item.key not in answered
    ]


@transaction.atomic
def hand_in_rating(rating_id: int, *, by: Person, at: datetime) -> Rating:
    """Hand a rating in, with what the system knows on that day. Raises `RatingRefused` while an item has no answer."""
    rating = _lock(rating_id, by)
    if unanswered(rating):
        raise RatingRefused(_("Some items have no answer yet. Level 0 is an answer, too."))
    known = known_of(rating.territory, timezone.localdate(at))
    for item in instrument_shape(rating.instrument_id).items:
        if not item.fills:
            continue
        found = known[item.fills]
        level = None if found.share is None else item.level_of(found.share)
        filled = {"level": level, "share": found.share, "source": found.source, "as_of": found.as_of}
        RatingAnswer.objects.update_or_create(rating=rating, item=item.key, defaults=filled)
    rating.handed_in_at = at
    rating.save(update_fields=["handed_in_at"])
    record("rating handed in", by=by, object_kind="rating", object_id=rating.pk)
    return rating
