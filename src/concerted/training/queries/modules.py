from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Subquery
from django.urls import reverse

from concerted.directory.models import Person
from concerted.kit.prepared import Prepared
from concerted.practice.models import Attempt
from concerted.text import queries as text
from concerted.training.models import Certificate, Module
from concerted.training.queries.ways import STEP_COLUMNS, STEPS_IN_ORDER, taken_of, ways_with


@dataclass(frozen=True)
class ModuleLine:
    """A module as the list shows it."""

    code: str
    title: str
    summary: str
    minutes: int
    state: str
    achieved_on: date | None
    own_sector: bool
    #: The languages the words stand in; empty for words of no language.
    title_language: str = ""
    summary_language: str = ""


@dataclass(frozen=True)
class UnderWay:
    """Where somebody stopped: the module, the unit that is next, and how much is left."""

    title: str
    href: str
    done: int
    units: int
    minutes: int
    title_language: str


@dataclass(frozen=True)
class Giving:
    """A published module that gives a credential. `words`: the text version with its title, None when it has none."""

    id: int
    code: str
    words: int | None


_GIVING = Prepared(
    lambda: (
        Module.objects.filter(published__isnull=False)
        .order_by()
        .values_list("credential__code", "pk", "code", "document__published")
    )
)


def modules_giving() -> dict[str, Giving]:
    """Code of a credential -> the published module that gives it. One query."""
    return {credential: Giving(*module) for credential, *module in _GIVING.rows()}


def module_words(modules: Iterable[Module], language: str) -> dict[int, dict[str, text.SectionShown]]:
    """Module id -> its words by section key, in the reader's language. Two queries."""
    by_version = {m.document.published_id: m.pk for m in modules if m.document.published_id}
    shown = text.read_sections(by_version, language)
    return {by_version[version]: {s.key: s for s in sections} for version, sections in shown.items()}


def module_lines(person: Person, language: str, sector: str) -> list[ModuleLine]:
    """All published modules, one's own sector first, then the shared ones. Five queries for any number."""
    modules = list(
        Module.objects.filter(published__isnull=False)
        .select_related("document", "published")
        .prefetch_related("sectors")
    )
    words = module_words(modules, language)
    begun = dict(
        Attempt.objects.filter(person=person, what_kind="module", finished_at=None).values_list("what", "started_at")
    )
    done: dict[int, date] = {}
    for module_id, day in (
        Certificate.objects.filter(person=person)
        .order_by("achieved_on")
        .values_list("module_version__module", "achieved_on")
    ):
        done[module_id] = day
    lines = []
    for module in modules:
        mine = words.get(module.pk, {})
        sectors = {s.code for s in module.sectors.all()}
        state = "begun" if module.pk in begun else "done" if module.pk in done else "new"
        lines.append(
            ModuleLine(
                module.code,
                mine["title"].markdown if "title" in mine else module.code,
                mine["summary"].markdown if "summary" in mine else "",
                module.published.minutes,  # type: ignore[union-attr]
                state,
                done.get(module.pk),
                sector in sectors,
                mine["title"].language if "title" in mine else "",
                mine["summary"].language if "summary" in mine else "",
            )
        )
    return sorted(lines, key=lambda line: (line.state != "begun", not line.own_sector, line.state == "done"))


def _last_begun(person: int) -> Any:
    """The attempt at a module that she began last and did not finish, one row a step."""
    open_ones = Attempt.objects.filter(person=person, what_kind="module", finished_at=None)
    last = open_ones.order_by("-started_at", "-pk").values("pk")[:1]
    return Attempt.objects.filter(pk=Subquery(last)).order_by(STEPS_IN_ORDER)


_UNDER_WAY = Prepared(lambda person: _last_begun(person).values_list("version", "what", *STEP_COLUMNS), int)


def under_way(person: Person, language: str, modules: Iterable[Giving]) -> UnderWay | None:
    """What she began last and did not finish, of these modules; None when there is nothing. Three queries at most."""
    rows = _UNDER_WAY.rows(person.pk)
    begun = next((module for module in modules if rows and module.id == rows[0][1]), None)
    if begun is None:
        return None
    code, document = begun.code, begun.words
    units, ways = ways_with(rows[0][0], taken_of(rows))
    left = [(unit, way) for unit, way in zip(units, ways, strict=True) if not way.complete]
    words = text.read_sections([document], language)[document] if document else ()
    title = next(((section.markdown, section.language) for section in words if section.key == "title"), (code, "en"))
    return UnderWay(
        title[0],
        reverse("training:unit", args=[code, left[0][1].code if left else ways[-1].code]),
        len(units) - len(left),
        len(units),
        sum(unit.minutes * (len(way.steps) - len(way.done)) // max(1, len(way.steps)) for unit, way in left),
        title[1],
    )
