"""Everything there is to learn and to practise, for people who have no account yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from concerted.directory.models import Sector
from concerted.practice.models import Bank, Exam, Scenario
from concerted.text import queries as text
from concerted.text.rules import LanguageOffered, SectionShown
from concerted.training.models import Module
from concerted.training.queries.languages import (
    languages_of_bank,
    languages_of_exam,
    languages_of_module,
    languages_of_scenario,
)
from concerted.training.wording import kind_in_words

#: Kinds of things, and the name of the page each has once somebody signed in.
MODULE, SCENARIO, TEST, QUESTIONS = "module", "scenario", "test", "questions"
PAGES = {MODULE: "training:module", SCENARIO: "training:scenario", TEST: "training:exam", QUESTIONS: "training:quiz"}


@dataclass(frozen=True)
class CatalogueLine:
    """One thing. `sectors`: codes of those it is for, none: for all; `minutes`: 0: as long as one likes."""

    kind: str
    code: str
    title: SectionShown
    summary: SectionShown | None
    minutes: int
    sectors: frozenset[str]
    languages: tuple[LanguageOffered, ...]

    @property
    def page(self) -> str:
        return PAGES[self.kind]

    @property
    def called(self) -> str:
        return kind_in_words(self.kind)

    def fits(self, *, kind: str = "", sector: str = "", language: str = "", minutes: int = 0) -> bool:
        """Whether it is what somebody looks for; an empty wish or 0 asks for nothing."""
        return (
            kind in ("", self.kind)
            and (not sector or not self.sectors or sector in self.sectors)
            and (not language or any(one.here and one.code == language for one in self.languages))
            and (not minutes or 0 < self.minutes <= minutes)
        )


def _things() -> Iterator[tuple[str, Any, int, int]]:
    """(kind, thing, its text version, minutes) of all that is published. Seven queries."""
    modules = Module.objects.filter(published__isnull=False).select_related("document", "published")
    for module in modules.annotate(languages=languages_of_module()).prefetch_related("sectors"):
        yield MODULE, module, module.document.published_id or 0, module.published.minutes if module.published else 0
    scenarios = Scenario.objects.filter(published__isnull=False).select_related("published")
    for scenario in scenarios.annotate(languages=languages_of_scenario()).prefetch_related("sectors"):
        if scenario.published:
            yield SCENARIO, scenario, scenario.published.version_id, scenario.published.minutes
    exams = Exam.objects.filter(published__isnull=False).select_related("published")
    for exam in exams.annotate(languages=languages_of_exam()).prefetch_related("sectors"):
        if exam.published:
            yield TEST, exam, exam.published.version_id, exam.published.minutes
    banks = Bank.objects.filter(document__published__isnull=False).select_related("document")
    for bank in banks.annotate(languages=languages_of_bank()).prefetch_related("sectors"):
        yield QUESTIONS, bank, bank.document.published_id or 0, bank.minutes


def catalogue(language: str) -> list[CatalogueLine]:
    """All that is published, what she can read in her language first. Eight queries, however much there is.

    The words of a version are read once a process.
    """
    things = list(_things())
    words = text.read_sections({version for _kind, _thing, version, _minutes in things}, language)
    lines = []
    for kind, thing, version, minutes in things:
        heads = {section.key: section for section in words.get(version, ())}
        if "title" in heads:
            sectors = frozenset(sector.code for sector in thing.sectors.all())
            said = text.offered(thing.languages)
            lines.append(CatalogueLine(kind, thing.code, heads["title"], heads.get("summary"), minutes, sectors, said))
    return sorted(lines, key=lambda line: line.title.language != language)


def spoken(lines: Iterable[CatalogueLine]) -> list[tuple[str, str]]:
    """(code, name) of every language something can be read in."""
    found = {str(one.code): one.name for line in lines for one in line.languages if one.here}
    return sorted(found.items(), key=lambda one: one[1])


def posts() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each sector with its posts: (name, [(code, name)]), the sector as a whole first. Two queries."""
    found = []
    for sector in Sector.objects.prefetch_related("professions"):
        held = [(f"{sector.code}:{one.code}", one.name) for one in sector.professions.all()]
        found.append((sector.name, [(sector.code, sector.name), *held]))
    return found
