"""What stands beside a scenario while it is played, and the look back at its end: of one player, and of a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concerted.practice.scenario.story import DEBRIEF, Variable
from concerted.text.rules import SectionShown

#: The parts of a look back, each with its key.
Debrief = tuple[tuple[str, SectionShown], ...]


@dataclass(frozen=True)
class BandShown:
    """What changes, and where it stands, both in words: never a number, never a mark."""

    label: SectionShown
    words: SectionShown


def bands_shown(
    variables: Iterable[Variable], values: Mapping[str, int], words: Mapping[str, SectionShown], *, at_the_end: bool
) -> tuple[BandShown, ...]:
    """What is always shown, and at the end what was hidden till then."""
    found = []
    for variable in variables:
        if variable.shown == "always" or (variable.shown == "debrief" and at_the_end):
            band = variable.band(values[variable.name])
            key = f"variable.{variable.name}"
            if band is not None:
                found.append(BandShown(words[key], words[f"{key}.{band.code}"]))
    return tuple(found)


def debrief_of(ending: str, words: Mapping[str, SectionShown]) -> Debrief:
    """The parts of the look back in their order: the ending's own, else the one all endings share."""
    found = ((part, words.get(f"{ending}.{part}") or words.get(f"debrief.{part}")) for part in DEBRIEF)
    return tuple((part, section) for part, section in found if section is not None)
