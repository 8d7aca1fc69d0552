from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from concerted.capacity.models import Evidence
from concerted.directory.models import Person
from concerted.text import queries as text
from concerted.text.queries import TitleShown
from concerted.training.models import Module, Programme
from concerted.training.queries.modules import ModuleLine


@dataclass(frozen=True)
class StepLine:
    """A module of a programme, and the day she completed it last; `again`: since she completed the programme."""

    code: str
    title: TitleShown
    done_on: date | None
    again: bool


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme as the list shows it. `achieved_on`: the day she last completed it, None while she has not."""

    anchor: str
    title: TitleShown
    summary: TitleShown
    modules: tuple[StepLine, ...]
    achieved_on: date | None

    @property
    def done(self) -> int:
        return sum(module.done_on is not None for module in self.modules)

    @property
    def again(self) -> int:
        return sum(module.again for module in self.modules)


def programme_lines(person: Person, language: str, modules: Sequence[ModuleLine]) -> list[ProgrammeLine]:
    """All programmes, and how far she is in each, however a module was proved. Six queries for any number, or one.

    `modules`: the lines of the modules as she reads them, whose titles stand in the programmes too.
    """
    programmes = list(
        Programme.objects.select_related("document", "credential").prefetch_related("places__module__credential")
    )
    if not programmes:
        return []
    shown = text.read_sections([p.document.published_id or 0 for p in programmes], language)
    facts = Evidence.objects.filter(subject_kind="person", subject_id=person.pk, voided_by=None)
    held = dict(
        facts.exclude(source_kind="void").order_by("achieved_on", "pk").values_list("credential_id", "achieved_on")
    )
    titles = {line.code: TitleShown(line.title, line.title_language) for line in modules if line.title_language}
    lines = []
    for programme in programmes:
        words = {s.key: TitleShown(s.markdown, s.language) for s in shown.get(programme.document.published_id or 0, ())}
        completed = held.get(programme.credential_id)
        lines.append(
            ProgrammeLine(
                programme.credential.code,
                words.get("title", TitleShown(programme.code, programme.document.language)),
                words.get("summary", TitleShown("", programme.document.language)),
                tuple(_step(place.module, titles, held, completed) for place in programme.places.all()),
                completed,
            )
        )
    return lines


def _step(module: Module, titles: dict[str, TitleShown], held: dict[int, date], completed: date | None) -> StepLine:
    day = held.get(module.credential_id)
    again = completed is not None and day is not None and day > completed
    title = titles.get(module.code) or TitleShown(module.credential.name, module.credential.named_in)
    return StepLine(module.code, title, day, again)
