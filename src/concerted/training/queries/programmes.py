from dataclasses import dataclass
from datetime import date

from concerted.capacity.models import Evidence
from concerted.directory.models import Person
from concerted.text import queries as text
from concerted.training.models import Programme


@dataclass(frozen=True)
class StepLine:
    """A module of a programme, and whether she holds what it gives."""

    code: str
    title: str
    done: bool


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme as the list shows it. `achieved_on`: the day she last completed it, None while she has not."""

    title: str
    summary: str
    modules: tuple[StepLine, ...]
    achieved_on: date | None

    @property
    def done(self) -> int:
        return sum(module.done for module in self.modules)


def programme_lines(person: Person, language: str) -> list[ProgrammeLine]:
    """All programmes, and how far she is in each, however a module was proved. Four queries for any number, or one."""
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
    lines = []
    for programme in programmes:
        words = {s.key: s.markdown for s in shown.get(programme.document.published_id or 0, ())}
        modules = tuple(
            StepLine(place.module.code, place.module.credential.name, place.module.credential_id in held)
            for place in programme.places.all()
        )
        title = words.get("title", programme.code)
        lines.append(ProgrammeLine(title, words.get("summary", ""), modules, held.get(programme.credential_id)))
    return lines
