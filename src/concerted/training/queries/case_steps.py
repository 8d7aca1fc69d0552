"""One group's way through a case study: what is out, who is asked, what was written."""

from collections.abc import Mapping
from dataclasses import dataclass

from concerted.directory.access import people_shown_to
from concerted.directory.models import Person, Sector
from concerted.practice.models import CaseAnswer, CaseGroup, CaseMember
from concerted.practice.rules import AFTER, NOTES, SHARED, CaseShape, CaseStep
from concerted.practice.services import shape_of
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.words import Words, words_in


@dataclass(frozen=True)
class Asked:
    """A question of a step, and whose it is. `sector`: empty where all answer together."""

    key: str
    code: str
    sector: str
    words: SectionShown
    #: Whether she answers it, or could.
    mine: bool
    #: Whether somebody in the group answers for this sector.
    seated: bool
    answer: CaseAnswer | None

    @property
    def handed_in(self) -> bool:
        return self.answer is not None and self.answer.handed_in_at is not None


@dataclass(frozen=True)
class StepShown:
    """A step that is out: its documents, what is asked, and once it is through the model answer."""

    number: int
    open: bool
    words: SectionShown
    minutes: int
    documents: tuple[SectionShown, ...]
    asked: tuple[Asked, ...]
    model: SectionShown

    @property
    def waits_for(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one.seated and not one.handed_in)


@dataclass(frozen=True)
class Sitting:
    """A group with all that its pages read: the shape and the words, who sits for which sector, the answers."""

    group: CaseGroup
    shape: CaseShape
    words: Words
    #: code -> the sectors the case study asks, in the order of the response.
    sectors: Mapping[str, Sector]
    #: code -> how many answer for it; "" for those without a sector.
    seats: Mapping[str, int]
    #: The code of her own sector; None where she is no member.
    own: str | None
    answers: Mapping[str, CaseAnswer]

    @property
    def finished(self) -> bool:
        return self.group.finished_at is not None

    @property
    def out(self) -> int:
        """How many steps are out."""
        return min(self.group.step, len(self.shape.steps))

    def step(self, number: int) -> StepShown:
        """A step that is out, counted from 1."""
        step = self.shape.steps[number - 1]
        return StepShown(
            number,
            number == self.group.step,
            self.words[step.key],
            step.minutes,
            tuple(self.words[key] for key in step.documents),
            tuple(self._asked(step, code) for code in step.asked),
            self.words[step.model],
        )

    def _asked(self, step: CaseStep, code: str) -> Asked:
        key = step.question(code)
        return Asked(
            key,
            code,
            "" if code == SHARED else self._name(code),
            self.words[key],
            self.own is not None and code in (SHARED, self.own),
            code == SHARED or code in self.seats,
            self.answers.get(key),
        )

    def _name(self, code: str) -> str:
        """The name of a sector, in the reader's language; its code where the response has no such sector."""
        return self.sectors[code].name if code in self.sectors else code

    @property
    def look_back(self) -> tuple[SectionShown, ...]:
        """What is read once the last step is through, in its order."""
        return tuple(self.words[self.shape.besides[kind]] for kind in AFTER if kind in self.shape.besides)

    @property
    def notes(self) -> SectionShown | None:
        """The notes for who leads the group: no page of a member asks for them."""
        return self.words[self.shape.besides[NOTES]] if NOTES in self.shape.besides else None


def sitting_of(group: CaseGroup, person: Person, reading: text.ReadingLanguage) -> Sitting:
    """All that the pages of a group read. Six queries at most, however many sit in it."""
    members = CaseMember.objects.filter(group=group).order_by().values_list("person", "sector__code")
    seats: dict[str, int] = {}
    own = None
    for member, code in members:
        seats[code or ""] = seats.get(code or "", 0) + 1
        if member == person.pk:
            own = code or ""
    answers = CaseAnswer.objects.filter(group=group).prefetch_related("comments")
    return Sitting(
        group,
        shape_of(group.version_id),
        words_in(group.version.version_id, reading),
        {sector.code: sector for sector in group.case.sectors.all()},
        seats,
        own,
        {answer.question: answer for answer in answers},
    )


def members_named(group: CaseGroup, reader: Person) -> list[CaseMember]:
    """The members whose names the reader may see in the directory, herself included. One query."""
    shown = people_shown_to(reader).order_by().values("pk")
    return list(
        CaseMember.objects.filter(group=group, person__in=shown)
        .select_related("person", "sector")
        .order_by("person__name", "id")
    )
