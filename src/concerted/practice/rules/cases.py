"""A case study without its words: steps, their documents, who is asked what. Words are text sections under its keys.

    step        its key                  friday
    document    its key                  ward-note
    question    questions.sector         friday-questions.health, friday-questions.shared
    model       its key                  friday-model    the model answer of a step
    the rest    its key                  what each knew, decision points, her account, notes, variants by law

Pure: no Django, no clock, no database.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

from concerted.text.rules import SectionText

#: The question all sectors answer together.
SHARED = "shared"
#: What is read once the last step is through, in this order. NOTES are for who leads the group alone.
AFTER = ("timeline", "decisions", "account", "variants")
NOTES = "notes"


@dataclass(frozen=True)
class CaseStep:
    """Documents that come out together, and what is asked about them. `asked`: SHARED and codes of sectors."""

    key: str
    minutes: int = 0
    documents: tuple[str, ...] = ()
    questions: str = ""
    asked: tuple[str, ...] = ()
    model: str = ""

    def question(self, sector: str) -> str:
        """The key of a sector's question."""
        return f"{self.questions}.{sector}"


@dataclass(frozen=True)
class CaseShape:
    """The steps in order, and the keys of what is read besides: kind -> key."""

    steps: tuple[CaseStep, ...]
    besides: dict[str, str] = field(default_factory=dict, hash=False)

    def number_of(self, key: str) -> int:
        """Which step has this key, counted from 1; 0 for none."""
        return next((no for no, step in enumerate(self.steps, start=1) if step.key == key), 0)

    def sector_of(self, question: str) -> tuple[int, str] | None:
        """The number of the step that asks a question, and whom it asks; None for a question nobody asks."""
        for number, step in enumerate(self.steps, start=1):
            for sector in step.asked:
                if step.question(sector) == question:
                    return number, sector
        return None


@dataclass(frozen=True)
class CaseText:
    """A case study as it is written: its words under permanent keys, and their shape."""

    code: str
    sections: tuple[SectionText, ...]
    shape: CaseShape
    minutes: int
    sectors: tuple[str, ...] = ()
    place: int = 0
    pack: str = ""


def still_asked(step: CaseStep, sectors: Collection[str], answered: Collection[str]) -> tuple[str, ...]:
    """Who still owes an answer in a step: sectors that sit at the table, and SHARED.

    >>> step = CaseStep("friday", questions="q", asked=("shared", "health", "police"))
    >>> still_asked(step, {"health"}, {"q.shared"})
    ('health',)
    """
    return tuple(one for one in step.asked if (one == SHARED or one in sectors) and step.question(one) not in answered)


def as_plain(shape: CaseShape) -> dict[str, Any]:
    """The shape as the database keeps it."""
    return asdict(shape)


def from_plain(held: dict[str, Any]) -> CaseShape:
    """The shape the database kept.

    >>> shape = CaseShape((CaseStep("a", 5, ("one",), "q", ("shared",), "m"),), {"notes": "lead"})
    >>> from_plain(as_plain(shape)) == shape
    True
    """
    steps = (
        CaseStep(
            step["key"],
            step["minutes"],
            tuple(step["documents"]),
            step["questions"],
            tuple(step["asked"]),
            step["model"],
        )
        for step in held["steps"]
    )
    return CaseShape(tuple(steps), dict(held["besides"]))
