"""A scenario as she plays it: where she stands, what she can do, what followed, and at the end the look back."""

from collections.abc import Mapping
from dataclasses import dataclass

from concerted.directory.models import Person
from concerted.kit.memory import remember
from concerted.kit.prepared import Prepared
from concerted.practice.models import Attempt, Scenario, ScenarioVersion
from concerted.practice.scenario.playing import ended, open_choices
from concerted.practice.services import place_of
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.attempts import latest_attempt_at
from concerted.training.queries.languages import in_order, languages_of_scenario
from concerted.training.queries.look_back import BandShown, Debrief, bands_shown, debrief_of
from concerted.training.queries.words import Words, words_in


@dataclass(frozen=True)
class ScenarioLine:
    """One scenario of the catalogue. `state`: new, begun or done. `seats`: 0 for one player."""

    code: str
    title: SectionShown
    summary: SectionShown
    minutes: int
    state: str
    seats: int = 0


@dataclass(frozen=True)
class Offer:
    """One choice open to her."""

    key: str
    words: SectionShown


@dataclass(frozen=True)
class Taken:
    """A choice she took: where, what, what followed, and the paragraph of the protocol that supports it."""

    scene: SectionShown
    words: SectionShown
    why: SectionShown | None
    basis: SectionShown | None


@dataclass(frozen=True)
class SceneShown:
    """The passage she stands in, with everything around it."""

    code: str
    reading: text.ReadingLanguage
    languages: tuple[text.LanguageOffered, ...]
    title: SectionShown
    note: SectionShown
    you: SectionShown
    at: str
    scene: SectionShown
    paragraphs: tuple[SectionShown, ...]
    offers: tuple[Offer, ...]
    followed: Taken | None
    bands: tuple[BandShown, ...]
    skip: bool
    first: bool
    ended: bool
    debrief: Debrief
    path: tuple[Taken, ...]
    missing: int
    behind: int


@remember(400)
def _words_of_version(version_id: int) -> int:
    """The text version of a scenario's version, which never changes."""
    return ScenarioVersion.objects.values_list("version_id", flat=True).get(pk=version_id)


def words_of(version_id: int, reading: text.ReadingLanguage) -> Words:
    """The words of a scenario's version in the language she reads. One query in another language than the source; one
    more when a section with a local slot is asked for.
    """
    return words_in(_words_of_version(version_id), reading)


def scenario_lines(person: Person, language: str) -> list[ScenarioLine]:
    """The catalogue, what she has begun first. Four queries, however many scenarios there are."""
    held = list(Scenario.objects.filter(published__isnull=False).select_related("published"))
    versions = [one.published.version_id for one in held if one.published]
    shown = text.read_sections(versions, language)
    states: dict[int, str] = {}
    mine = Attempt.objects.filter(person=person, what_kind="scenario").order_by("no")
    for what, finished in mine.values_list("what", "finished_at"):
        states[what] = "done" if finished else "begun"
    lines = []
    for one in held:
        assert one.published is not None
        heads = {section.key: section for section in shown[one.published.version_id]}
        state = states.get(one.pk, "new")
        lines.append(ScenarioLine(one.code, heads["title"], heads["summary"], one.published.minutes, state, one.seats))
    return sorted(lines, key=lambda line: in_order(line.state, line.title, language))


@dataclass(frozen=True)
class ScenarioAt:
    """A scenario as its pages need it. `version`: the one that is published."""

    id: int
    code: str
    version: int
    #: The open languages, and whether something of it can be read in each.
    languages: tuple[text.LanguageOffered, ...]


_SCENARIO = Prepared(
    lambda code: (
        Scenario.objects.filter(code=code, seats=0, published__isnull=False)
        .order_by()
        .annotate(languages=languages_of_scenario())
        .values_list("pk", "code", "published", "languages")
    ),
    str,
)


def scenario_at(code: str) -> ScenarioAt | None:
    """The published scenario for one player with this code. One query."""
    for pk, known, version, languages in _SCENARIO.rows(code):
        return ScenarioAt(pk, known, version, text.offered(languages))
    return None


def latest_attempt(person: Person, code: str) -> tuple[ScenarioAt | None, Attempt | None]:
    """The published scenario with this code, and her latest attempt at it. Two queries."""
    scenario = scenario_at(code)
    if scenario is None:
        return None, None
    return scenario, latest_attempt_at(person, "scenario", scenario.id)


def scene_shown(scenario: ScenarioAt, attempt: Attempt, reading: text.ReadingLanguage) -> SceneShown:
    """Where she stands. Four queries at most: her place, her steps, local words, the stamp of translations."""
    story, place, after = place_of(attempt)
    words = words_of(attempt.version, reading)
    passage = story.by_key[place.at]
    at_the_end = ended(story, place) is not None
    return SceneShown(
        code=scenario.code,
        reading=reading,
        languages=scenario.languages,
        title=words["title"],
        note=words["note"],
        you=words["you"],
        at=place.at,
        scene=words[place.at],
        paragraphs=tuple(words[f"{place.at}.{key}"] for key in place.shown),
        offers=tuple(Offer(one.key, words[f"{place.at}.{one.key}"]) for one in open_choices(story, place)),
        followed=_taken(words, after) if after else None,
        bands=bands_shown(story.variables, place.values, words, at_the_end=at_the_end),
        skip=bool(passage.skip),
        first=not after and place.at == story.start,
        ended=at_the_end,
        debrief=debrief_of(place.at, words) if at_the_end else (),
        path=_path(attempt, words) if at_the_end else (),
        missing=words.missing,
        behind=words.behind,
    )


def _taken(words: Mapping[str, SectionShown], part: str) -> Taken:
    passage = part.partition(".")[0]
    return Taken(words[passage], words[part], words.get(f"{part}.why"), words.get(f"{part}.basis"))


def _path(attempt: Attempt, words: Mapping[str, SectionShown]) -> tuple[Taken, ...]:
    parts = attempt.steps.order_by("seq").values_list("part", flat=True)
    return tuple(_taken(words, part) for part in parts)
