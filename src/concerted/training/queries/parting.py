"""Where sectors choose differently in a scenario, in the reader's words."""

from dataclasses import dataclass

from concerted.directory.models import Sector
from concerted.directory.models.agency import name_among
from concerted.directory.rules import FEWEST
from concerted.kit.prepared import Prepared
from concerted.practice.models import ChoiceCount
from concerted.practice.scenario.parting import Parting, partings
from concerted.practice.services import story_of
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.scenarios import words_of

_COUNTS = Prepared(
    lambda version: (
        ChoiceCount.objects.filter(version=version).order_by().values_list("passage", "choice", "sector", "people")
    ),
    int,
)
_SECTORS = Prepared(lambda: Sector.objects.order_by("place", "code").values_list("code", "names"))


@dataclass(frozen=True)
class PartingShown:
    """One passage: its words, its choices in order with their words, and how sectors chose."""

    scene: SectionShown
    choices: tuple[tuple[str, SectionShown], ...]
    parting: Parting


def partings_shown(version_id: int, reading: text.ReadingLanguage) -> list[PartingShown]:
    """The passages of a scenario's version that enough people came to, the most different first.

    Two queries, however many choices were taken: the map and the counts; those of `words_of` come to it.
    """
    story = story_of(version_id)
    choices = {passage.key: tuple(choice.key for choice in passage.choices) for passage in story.passages}
    found = partings(_COUNTS.rows(version_id), choices, FEWEST)
    words = words_of(version_id, reading)
    return [
        PartingShown(
            words[one.passage],
            tuple((key, words[f"{one.passage}.{key}"]) for key in choices[one.passage]),
            one,
        )
        for one in found
    ]


def sector_names() -> tuple[tuple[str, str], ...]:
    """Code and name of every sector, in the reader's language. One query."""
    return tuple((code, name_among(names, code)) for code, names in _SECTORS.rows())
