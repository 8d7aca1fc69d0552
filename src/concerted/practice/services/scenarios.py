import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory.models import Sector
from concerted.kit.memory import remember
from concerted.kit.prepared import Prepared
from concerted.ledger.services import record
from concerted.practice.models import Attempt, Scenario, ScenarioPlace, ScenarioVersion
from concerted.practice.rules import ScenarioText
from concerted.practice.scenario import playing
from concerted.practice.scenario.playing import NotOpen, Place
from concerted.practice.scenario.story import Story, from_plain
from concerted.practice.services.attempts import (
    AttemptFinished,
    AttemptRefused,
    finish_attempt,
    open_attempt,
    save_step,
    steps_saved,
)
from concerted.practice.services.counting import count_choice
from concerted.practice.services.renewing import renew
from concerted.text.models import Document, Version
from concerted.text.rules import SectionText, version_hash
from concerted.text.services import publish_version, publish_words

_PLACE = Prepared(
    lambda attempt: ScenarioPlace.objects.filter(attempt=attempt).order_by().values_list("place", "after"), int
)


@dataclass(frozen=True)
class ScenarioPublished:
    """What publishing did: the scenario, its version, and whether anything had changed."""

    scenario: Scenario
    version: ScenarioVersion
    changed: bool


@transaction.atomic
def publish_scenario(
    text: ScenarioText, *, language: str = "en", summary: str = "", by: Any = None, at: datetime
) -> ScenarioPublished:
    """Publish a scenario: words frozen, a new version only if words, map or minutes changed.

    `summary`: what authors here say of what they changed; a pack says nothing, and where it brings the words they
    started from, or older ones, theirs stay, and their map with them.
    """
    document, _made = Document.objects.get_or_create(
        room="practice", key=f"scenario:{text.code}", defaults={"language": language}
    )
    if summary:
        words = publish_version(document, text.sections, summary=summary, by=by, at=at)
    else:
        words = publish_words(document, text.sections, by=by, at=at)
    scenario, _made = Scenario.objects.get_or_create(code=text.code, defaults={"document": document})
    if scenario.published is not None and words.hash != version_hash(text.sections):
        return ScenarioPublished(scenario, scenario.published, False)
    changed = _renew(scenario, words, text.map_as_plain(), text.minutes, by=by, at=at)
    scenario.pack, scenario.place, scenario.seats = text.pack, text.place, text.seats
    scenario.save()
    scenario.sectors.set(Sector.objects.filter(code__in=text.sectors))
    assert scenario.published is not None
    return ScenarioPublished(scenario, scenario.published, changed)


def _renew(scenario: Scenario, words: Version, story: dict[str, Any], minutes: int, *, by: Any, at: datetime) -> bool:
    """Make a version of these words, this map and these minutes the published one; whether it is a new one."""
    facts = {"story": story, "minutes": minutes}
    if not renew(scenario, words, facts, told_by=(story, minutes), at=at):
        return False
    assert scenario.published is not None
    record("scenario published", by=by, object_kind="scenario version", object_id=scenario.published.pk)
    return True


@transaction.atomic
def reword_scenario(
    document: Document, sections: Sequence[SectionText], *, summary: str = "", by: Any, at: datetime
) -> Version:
    """Publish another wording of a scenario on the same map. Who is under way stays on the version she began."""
    words = publish_version(document, sections, summary=summary, by=by, at=at)
    scenario = Scenario.objects.select_for_update(of=("self",)).select_related("published").get(document=document)
    assert scenario.published is not None
    _renew(scenario, words, scenario.published.story, scenario.published.minutes, by=by, at=at)
    return words


@remember(200)
def story_of(version_id: int) -> Story:
    """The map of a version; read once a process, since a version never changes. One query."""
    return from_plain(ScenarioVersion.objects.values_list("story", flat=True).get(pk=version_id))


@transaction.atomic
def begin_scenario(scenario: Scenario, *, language: str, by: Any, at: datetime) -> Attempt:
    """Her open attempt at a scenario, or a new one at its beginning, on the version that is published now."""
    if scenario.published is None:
        raise AttemptRefused(_("This scenario is not published yet."))
    attempt = open_attempt(by, "scenario", scenario.pk, scenario.published.pk, language=language, at=at)
    beginning = playing.as_plain(playing.begin(story_of(attempt.version)))
    ScenarioPlace.objects.get_or_create(attempt=attempt, defaults={"place": beginning})
    return attempt


def place_of(attempt: Attempt) -> tuple[Story, Place, str]:
    """The map, where she stands on it, and the choice that led there. Two queries at most."""
    ((place, after),) = _PLACE.rows(attempt.pk)
    return story_of(attempt.version), playing.from_plain(place), after


def _moved(attempt: Attempt, place: Place, after: str) -> None:
    ScenarioPlace.objects.filter(attempt=attempt.pk).update(place=playing.as_plain(place), after=after)


def _refuse_other(place: Place, passage: str) -> None:
    """A page that is not where she stands: an old tab, the way back of the browser, another device."""
    if place.at != passage:
        raise AttemptRefused(_("You have already gone on from there. Here is where you are."))


def take_choice(attempt: Attempt, passage: str, choice: str, *, client_key: uuid.UUID, at: datetime) -> Place:
    """Take a choice in a passage of an attempt that `lock_attempt` gave, in the caller's transaction.

    The same form again is the same step. Raises AttemptFinished, or AttemptRefused when she stands elsewhere by now, or
    when the choice is not open to her; nothing is stored then.
    """
    story, place, _after = place_of(attempt)
    part = f"{passage}.{choice}"
    before = steps_saved(attempt)
    if any((key, known) == (client_key, part) for _seq, key, known, _answer in before):
        return place
    if attempt.finished_at:
        raise AttemptFinished
    _refuse_other(place, passage)
    try:
        place = playing.step(story, place, choice)
    except NotOpen:
        raise AttemptRefused(_("None of these is chosen, or it is not open to you. Choose one.")) from None
    save_step(attempt, part, client_key=client_key, at=at, before=before)
    count_choice(attempt, passage, choice, before=before, at=at)
    _moved(attempt, place, part)
    _finish_at_an_ending(attempt, story, place, at)
    return place


def skip_passage(attempt: Attempt, passage: str, *, at: datetime) -> Place:
    """Go on without reading a passage that offers it. It is no step, and nothing tells of it. As `take_choice` else."""
    story, place, _after = place_of(attempt)
    if attempt.finished_at:
        raise AttemptFinished
    _refuse_other(place, passage)
    try:
        place = playing.skip(story, place)
    except NotOpen:
        raise AttemptRefused(_("This part has no other way round. You can close the page at any time.")) from None
    _moved(attempt, place, "")
    _finish_at_an_ending(attempt, story, place, at)
    return place


def end_scenario(attempt: Attempt, *, at: datetime) -> Place:
    """Read how it ends instead of playing on: the first ending, the same result and record as for everybody."""
    story, place, _after = place_of(attempt)
    if attempt.finished_at:
        return place
    place = playing.end(story, place)
    _moved(attempt, place, "")
    _finish_at_an_ending(attempt, story, place, at)
    return place


def _finish_at_an_ending(attempt: Attempt, story: Story, place: Place, at: datetime) -> None:
    """No ending is better than another in the record: whoever comes to one has practised."""
    if playing.ended(story, place):
        finish_attempt(attempt, score=100, passed=True, at=at)
